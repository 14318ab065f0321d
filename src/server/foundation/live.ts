// That something changed, told in the same transaction: topic and id, never data. Listeners read again with their own sight.
import { sql } from 'kysely';
import type pg from 'pg';
import type { Act } from './act.ts';
import { type Connection, openPool } from './database.ts';
import { log } from './log.ts';

/** Notifies `topic` (kebab-case and a unit or post) that `id` changed. Delivered when the act commits, not before. */
export async function tell(a: Act, topic: string, id: string): Promise<void> {
  await sql`select pg_notify('itsso', ${`${topic} ${id}`})`.execute(a.db);
}

/** Topic that no act tells: this process hears again after a while in which it did not, and whoever keeps what it heard asks anew. */
export const MISSED = 'missed';

type Ear = (topic: string, id: string) => void;
const ears = new Set<Ear>();
const ends = new Set<() => void>();
const AGAIN_MS = 1000;
let pool: pg.Pool | undefined;
let client: pg.PoolClient | undefined;
let lost = false;

const again = (): void => {
  lost = true;
  setTimeout(() => void connect(), AGAIN_MS).unref();
};
async function connect(): Promise<void> {
  if (!pool) return;
  try {
    const open = await pool.connect();
    client = open;
    open.on('notification', ({ payload }) => {
      const [topic, id] = (payload ?? '').split(' ');
      if (topic && id) for (const ear of ears) ear(topic, id);
    });
    open.on('error', () => {
      if (client !== open) return;
      client = undefined;
      open.release(true);
      again();
    });
    await open.query('listen itsso');
    if (lost) for (const ear of ears) ear(MISSED, MISSED);
    lost = false;
  } catch {
    log.warn({}, 'nothing is heard');
    again();
  }
}

/** Begins to listen, on a connection of its own; when that is lost, again. */
export async function startListening(to: Connection): Promise<void> {
  pool = openPool(to, 'itsso_app', 1);
  await connect();
}
/** Ends listening. */
export async function stopListening(): Promise<void> {
  const open = pool;
  pool = undefined;
  client?.release(true);
  client = undefined;
  await open?.end();
}
/**
 * Hears what is told in any process. What is told while the connection is lost is not heard: whoever listens also looks now and then.
 * @param over called when this process closes and nothing more will be told
 * @returns ends the hearing
 */
export function hear(ear: Ear, over?: () => void): () => void {
  ears.add(ear);
  if (over) ends.add(over);
  return () => {
    ears.delete(ear);
    if (over) ends.delete(over);
  };
}
/** Ends every hearing: browsers come again, and are led to another process. */
export function endHearing(): void {
  for (const over of [...ends]) over();
}
