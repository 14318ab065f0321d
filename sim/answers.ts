// In which order the application hears what the database answers. How fast the machine is decides whether two answers come in one piece or in
// two, and with that which of two things that wait at the same time goes on first: in a run they are heard in the order in which they were
// asked for, each with a turn of its own.

type Waiting = { come: boolean; hear: () => void };

/** So many turns lie between two answers: whoever lets others go first in between, once or twice, is done before the next is heard. */
const TURNS = 3;

export type Answers = {
  /** what was asked and is answered by `work`: settles when all that was asked before has settled; `instead` may have another word for it */
  inOrder: <T>(work: Promise<T>, instead: () => Error | undefined) => Promise<T>;
  /** nothing is waited for any more */
  quiet: () => Promise<void>;
};

const turns = async (): Promise<void> => {
  for (let n = 0; n < TURNS; n++) await new Promise(setImmediate);
};

/** A line in which answers wait. */
export function openAnswers(): Answers {
  const line: Waiting[] = [];
  let hearing = false;
  async function hearAll(): Promise<void> {
    hearing = true;
    for (let first = line[0]; first?.come; first = line[0]) {
      await turns();
      line.shift();
      first.hear();
    }
    hearing = false;
  }
  return {
    inOrder: <T>(work: Promise<T>, instead: () => Error | undefined) =>
      new Promise<T>((done, failed) => {
        const mine: Waiting = { come: false, hear: () => undefined };
        line.push(mine);
        const comes = (say: () => void) => {
          mine.come = true;
          mine.hear = () => {
            const other = instead();
            if (other) failed(other);
            else say();
          };
          if (!hearing) void hearAll();
        };
        work.then(
          (answer) => comes(() => done(answer)),
          (error: unknown) => comes(() => failed(error)),
        );
      }),
    async quiet() {
      while (line.length > 0) await turns();
    },
  };
}
