// What may break between any two steps: a connection to the database that dies at any statement of any act of the house, whoever asked for it
// – a person, a job, a sweep, the hand-over of an SMS, an alarm –, just before a commit reaches the database, or just after, when the house did
// what was asked and nobody was told.
import pg from 'pg';
import { openAnswers } from './answers.ts';
import type { Dice } from './dice.ts';

/** `middle`, `before-commit`: nothing was done. `after-commit`: all of it was, and the answer is lost. */
type Fault = 'middle' | 'before-commit' | 'after-commit';
export const FAULTS: readonly Fault[] = ['middle', 'before-commit', 'after-commit'];

/** Thrown in place of an answer; what its act did is unknown to whoever asked. */
class Broken extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`the connection broke: ${fault}`);
    this.fault = fault;
  }
}

/** Of how many cuts one really ends the connection. */
const DIES_EVERY = 16;
/** Behind which statement of an act it breaks, at most; a shorter act breaks at its commit. */
const LATEST = 40;

type Query = (...args: unknown[]) => Promise<unknown>;
const wording = (what: unknown): string =>
  typeof what === 'string' ? what : ((what as { text?: string } | undefined)?.text ?? '');

export type Saboteur = {
  /** from here on this share of all acts breaks somewhere, as these dice fall; `over` waits until the database has noticed a death */
  begin: (dice: Dice, share: number, over: (pid: number) => Promise<void>) => void;
  /** nothing breaks in what is done here: it is no work of the house */
  spare: <T>(work: () => Promise<T>) => Promise<T>;
  /** how often it broke until now, and how the last time */
  cuts: () => { n: number; last: Fault | undefined };
  /** how many transactions of the application that may have changed something were committed until now */
  changes: () => number;
  /**
   * is told of every statement of an act that the application says from here on, and on which of its connections; how often one looks whether
   * something waits is decided by the machine
   */
  listen: (ear: (connection: number, words: string) => void) => void;
  remove: () => void;
};

type Plan = { fault: Fault; at: number; seen: number };
/** What was said on a connection since its act began: it broke as a whole, also what was asked before and not answered yet. */
type Said = { broke?: Fault };

/** Puts itself between the application and its connections. */
export function plantSaboteur(): Saboteur {
  const proto = pg.Client.prototype as unknown as { query: Query };
  const original = proto.query;
  let dice: Dice | undefined;
  let share = 0;
  let over: (pid: number) => Promise<void> = async () => undefined;
  let spared = 0;
  let changes = 0;
  let n = 0;
  let last: Fault | undefined;
  const writing = new WeakSet<pg.Client>();
  const looking = new WeakSet<pg.Client>();
  const plans = new WeakMap<pg.Client, Plan>();
  const dead = new WeakMap<pg.Client, Fault>();
  const answers = openAnswers();
  const said = new WeakMap<pg.Client, Said>();
  const numbers = new WeakMap<pg.Client, number>();
  let connections = 0;
  let ear: ((connection: number, words: string) => void) | undefined;
  const numberOf = (client: pg.Client): number => {
    if (!numbers.has(client)) numbers.set(client, ++connections);
    return numbers.get(client) ?? 0;
  };
  const actOf = (client: pg.Client, begins: boolean): Said => {
    const known = begins ? undefined : said.get(client);
    const mine = known ?? {};
    said.set(client, mine);
    return mine;
  };
  const drawn = (): Plan | undefined => {
    if (!dice || spared > 0 || !dice.chance(share)) return undefined;
    return { fault: dice.one(FAULTS), at: dice.below(LATEST), seen: 0 };
  };
  const follow = (client: pg.Client, words: string): void => {
    if (words.startsWith('begin') && !words.endsWith('read only')) {
      writing.add(client);
      const plan = drawn();
      if (plan) plans.set(client, plan);
    } else if (words === 'commit' && writing.delete(client)) changes++;
    else if (words === 'rollback') writing.delete(client);
  };
  const cut = async (client: pg.Client, fault: Fault): Promise<never> => {
    last = fault;
    // to the database it is the same whether a connection dies or takes back what it began; a new one has everything to learn again, which
    // would be half of a run: so it dies every so many times
    if (n++ % DIES_EVERY === 0) {
      const { processID, connection } = client as unknown as {
        processID: number;
        connection: { stream: { destroy: () => void } };
      };
      connection.stream.destroy();
      // whatever else waited for an answer on it hears that there is none before anybody goes on
      await answers.quiet();
      await over(processID);
    }
    throw new Broken(fault);
  };
  proto.query = function (this: pg.Client, ...args: unknown[]): Promise<unknown> {
    if (this.user !== 'itsso_app') return original.apply(this, args);
    const words = wording(args[0]).trim().toLowerCase();
    // begun anew, by true time, whenever its connection was lost
    if (words.startsWith('listen ')) return original.apply(this, args);
    if (words.startsWith('begin') && words.endsWith('read only')) looking.add(this);
    if (!looking.has(this)) ear?.(numberOf(this), words);
    if (words === 'commit' || words === 'rollback') looking.delete(this);
    const mine = actOf(this, words.startsWith('begin') || words === 'rollback');
    const ask = (): Promise<unknown> => {
      const work = original.apply(this, args);
      // what reads its answer piece by piece has no one answer
      if (!(work instanceof Promise)) return work;
      return answers.inOrder(work, () => mine.broke && new Broken(mine.broke));
    };
    // nothing more is said on a connection that broke, until whoever had it lets it go
    const broken = dead.get(this);
    if (broken && words !== 'rollback') return Promise.reject(new Broken(broken));
    if (broken) dead.delete(this);
    const commits = words === 'commit';
    const plan = plans.get(this);
    // what was refused is taken back on a connection that is well
    const breaks = plan && words !== 'rollback' && (commits || (plan.fault === 'middle' && ++plan.seen > plan.at));
    if (commits || words === 'rollback') plans.delete(this);
    if (!plan || !breaks) {
      follow(this, words);
      return ask();
    }
    plans.delete(this);
    dead.set(this, plan.fault);
    if (plan.fault !== 'after-commit') {
      mine.broke = plan.fault;
      writing.delete(this);
      return Promise.resolve().then(() => cut(this, plan.fault));
    }
    follow(this, words);
    return ask().then(() => cut(this, plan.fault));
  };
  return {
    begin(of, how_many, wait) {
      dice = of;
      share = how_many;
      over = wait;
    },
    async spare(work) {
      spared++;
      try {
        return await work();
      } finally {
        spared--;
      }
    },
    cuts: () => ({ n, last }),
    changes: () => changes,
    listen(to) {
      ear = to;
    },
    remove() {
      proto.query = original;
    },
  };
}
