// The table of powers as text, from the same rows that decide: who may do what to a file, in which state, on what authority.
import { OPEN, STEP_NAMES, STEPS } from '#casework';

const fromOf = (states: readonly string[]): string =>
  states.length === OPEN.length && OPEN.every((state) => states.includes(state)) ? 'any open state' : states.join(', ');

/** One paragraph a step. */
export const powersText = (): string =>
  STEP_NAMES.map((name) => {
    const { from, by, to, whose, authority } = STEPS[name];
    return [
      `${name}  (${authority})`,
      `  from  ${fromOf(from)}`,
      `  to    ${to}`,
      `  by    ${by.join(', ')}`,
      `  on    ${whose === 'holder' ? 'the file on one’s own desk' : 'the file on one’s own desk, or on a desk one supervises'}`,
    ].join('\n');
  }).join('\n\n');
