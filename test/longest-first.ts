// In which order files of tests are begun: those that take long first. Begun last they would keep one of the cores alone at the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A sequencer that begins with files whose names have one of these in them, in this order. */
export function longestFirst(names: readonly string[]): typeof BaseSequencer {
  const place = ({ moduleId }: TestSpecification): number => {
    const at = names.findIndex((name) => moduleId.includes(name));
    return at < 0 ? names.length : at;
  };
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
    }
  };
}
