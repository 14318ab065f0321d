// What may break between any two steps: a connection to the database that dies at any statement of any act of the house, whoever asked for it
// – a person, a job, a sweep, the hand-over of an SMS, an alarm –, just before a commit reaches the database, or just after, when the house did
// what was asked and nobody was told.
import pg from 'pg';
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
  remove: () => void;
};

type Plan = { fault: Fault; at: number; seen: number };

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
  const plans = new WeakMap<pg.Client, Plan>();
  const dead = new WeakMap<pg.Client, Fault>();
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
      await over(processID);
    }
    throw new Broken(fault);
  };
  proto.query = function (this: pg.Client, ...args: unknown[]): Promise<unknown> {
    if (this.user !== 'itsso_app') return original.apply(this, args);
    const words = wording(args[0]).trim().toLowerCase();
    // nothing more is said on a connection that broke, until whoever had it lets it go
    const broken = dead.get(this);
    if (broken && words !== 'rollback') return Promise.reject(new Broken(broken));
    if (broken) dead.delete(this);
    const commits = words === 'commit';
    const plan = plans.get(this);
    const breaks = plan && (commits || (plan.fault === 'middle' && ++plan.seen > plan.at));
    if (commits || words === 'rollback') plans.delete(this);
    if (!plan || !breaks) {
      follow(this, words);
      return original.apply(this, args);
    }
    plans.delete(this);
    dead.set(this, plan.fault);
    if (plan.fault !== 'after-commit') {
      writing.delete(this);
      return Promise.resolve().then(() => cut(this, plan.fault));
    }
    follow(this, words);
    return original.apply(this, args).then(() => cut(this, plan.fault));
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
    remove() {
      proto.query = original;
    },
  };
}
