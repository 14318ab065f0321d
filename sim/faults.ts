// What may break between any two steps: a connection to the database that dies in the middle of an act, just before its commit reaches
// the database, or just after, when the house did what was asked and nobody was told.
import pg from 'pg';

/** `middle`, `before-commit`: nothing was done. `after-commit`: all of it was, and the answer is lost. */
export type Fault = 'middle' | 'before-commit' | 'after-commit';

/** Thrown in place of an answer; what its deed did is unknown to whoever asked. */
export class Broken extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`the connection broke: ${fault}`);
    this.fault = fault;
  }
}

/** Of how many cuts one really ends the connection. */
const DIES_EVERY = 8;

type Query = (...args: unknown[]) => Promise<unknown>;
const wording = (what: unknown): string =>
  typeof what === 'string' ? what : ((what as { text?: string } | undefined)?.text ?? '');

export type Saboteur = {
  /** the next act of the application breaks like this */
  arm: (fault: Fault) => void;
  /** whether what was armed has come to pass; disarms it */
  disarm: () => boolean;
  /** how many transactions of the application that may have changed something were committed until now */
  changes: () => number;
  remove: () => void;
};

/** Puts itself between the application and its connections. One act at a time is what it can break. */
export function plantSaboteur(): Saboteur {
  const proto = pg.Client.prototype as unknown as { query: Query };
  const original = proto.query;
  let armed: Fault | undefined;
  let statements = 0;
  let broke = false;
  let changes = 0;
  const writing = new WeakSet<pg.Client>();
  const follow = (client: pg.Client, words: string): void => {
    if (words.startsWith('begin') && !words.endsWith('read only')) writing.add(client);
    else if (words === 'commit' && writing.delete(client)) changes++;
    else if (words === 'rollback') writing.delete(client);
  };
  let cuts = 0;
  const cut = (client: pg.Client, fault: Fault): never => {
    armed = undefined;
    broke = true;
    writing.delete(client);
    // to the database it is the same whether a connection dies or takes back what it began; a new one has everything to learn again, which
    // would be half of a run: so it dies every so many times
    if (cuts++ % DIES_EVERY === 0)
      (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    throw new Broken(fault);
  };
  proto.query = function (this: pg.Client, ...args: unknown[]): Promise<unknown> {
    if (this.user !== 'itsso_app') return original.apply(this, args);
    const words = wording(args[0]).trim().toLowerCase();
    follow(this, words);
    if (!armed) return original.apply(this, args);
    const fault = armed;
    const commits = words === 'commit';
    statements++;
    const now = fault === 'middle' ? statements === 4 || commits : commits;
    if (!now) return original.apply(this, args);
    if (fault !== 'after-commit') return Promise.resolve().then(() => cut(this, fault));
    return original.apply(this, args).then(() => cut(this, fault));
  };
  return {
    arm(fault) {
      armed = fault;
      statements = 0;
      broke = false;
    },
    disarm() {
      armed = undefined;
      const was = broke;
      broke = false;
      return was;
    },
    changes: () => changes,
    remove() {
      proto.query = original;
    },
  };
}
