// Holds the journal against the database: what was acknowledged and is not there, what is there more than once, whose date has moved.
import pg from 'pg';
import { keys } from '#foundation';
import type { Gateway } from './house.ts';
import type { Journal, Kind, Sent } from './journal.ts';
import { until } from './programs.ts';

export type Doubled = Record<string, number>;
export type Tally = {
  acknowledged: Record<Kind, number>;
  lost: Record<Kind, number>;
  /** messages that nobody will hand over, or of which the house says that they went and the operator knows nothing */
  messages_lost: number;
  /** by what is there too often */
  doubled: Doubled;
  /** dates that are not what they were the last time, or are gone */
  moved: number;
  /** rungs that were raised before they were due, by the clock of this program */
  early: number;
  /** promised call-backs, of what was sent since then, that are twenty-two hours from no hour in which it was sent: a clock was wrong */
  by_a_wrong_clock: number;
  /** acknowledged only when it was sent again under the same key */
  again: number;
  refused: Record<string, number>;
};

/** What was there when the last look was taken, and from when on what is promised is compared (milliseconds since 1970). */
export type Before = { dates: Map<string, string>; since: number };
export const nothingYet = (): Before => ({ dates: new Map(), since: 0 });

const MINUTE_MS = 60_000;
const SLACK_MS = 2000;
const PROMISE_MS = 22 * 60 * MINUTE_MS;
/** The key of what is counted once: a thing of which there is one, and how many there are. */
type Counted = { key: string; n: number };
type Eyes = <T extends object>(words: string, values?: unknown[]) => Promise<T[]>;

/** Each asks for what may be there once, of every form that there is; whatever comes back is there too often. */
const ONCE: Record<string, string> = {
  complaints: `select form_id::text as key, count(*)::int as n from intake.complaint group by 1 having count(*) > 1`,
  files: `select c.form_id::text as key, count(*)::int as n from casework.file f join intake.complaint c on c.id = f.id group by 1 having count(*) > 1`,
  promises: `select file::text as key, count(*)::int as n from callback.promise group by 1 having count(*) > 1`,
  alarms: `select encode(client_mac, 'hex') as key, count(*)::int as n from sos.alert where client_mac is not null group by 1 having count(*) > 1`,
  // one code for each complaint; where nobody can say whether it went it goes once more on purpose, and says so
  messages: `select subject || ' ' || purpose as key, count(*)::int as n from notify.message where template = 'call-code' group by 1 having count(*) > 1`,
  'orders of a vehicle': `select vehicle::text as key, count(*)::int as n from sos.call_out where ended_at is null and not drill group by 1 having count(*) > 1`,
  'orders of an alarm': `select a.id::text as key, count(o.id)::int as n from sos.alert a join sos.call_out o on o.alert = a.id and o.ended_at is null
    where not a.drill group by a.id, a.wanted having count(o.id) > a.wanted`,
  keys: `select scope || ' ' || key as key, count(*)::int as n from foundation.idempotency group by 1 having count(*) > 1`,
  'numbers of a diary': `select file || ' ' || number as key, count(*)::int as n from casework.diary group by 1 having count(*) > 1`,
  'open stays of a file': `select file::text as key, count(*)::int as n from casework.stay where to_at is null group by 1 having count(*) > 1`,
};

const byKind = (count: (kind: Kind) => number): Record<Kind, number> => ({
  complaint: count('complaint'),
  alarm: count('alarm'),
  step: count('step'),
});
const times = <T>(list: readonly T[], key: (one: T) => string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const one of list) found.set(key(one), (found.get(key(one)) ?? 0) + 1);
  return found;
};
const beyond = (there: ReadonlyMap<string, number>, most: (key: string) => number): number =>
  [...there].reduce((sum, [key, n]) => sum + Math.max(0, n - most(key)), 0);

// a step is told by its file and its name: of each there may be as many as there were keys, and must be as many as were acknowledged
async function stepsOf(
  look: Eyes,
  before: readonly Sent[],
  journal: Journal,
): Promise<{ lost: number; doubled: number }> {
  const rows = await look<Counted>(
    `select coalesce(c.number, c.form_id::text) || ' ' || s.step as key, count(*)::int as n
     from casework.step s join intake.complaint c on c.id = s.file group by 1
     union all select c.form_id || ' confirm', count(*)::int from casework.step s join intake.complaint c on c.id = s.file where s.step = 'confirm' group by 1`,
  );
  const there = new Map(rows.map(({ key, n }) => [key, n]));
  const name = ({ about, step }: Sent) => `${about} ${step}`;
  const isStep = ({ kind }: Sent) => kind === 'step';
  const acknowledged = times(
    before.filter((one) => isStep(one) && one.at !== undefined),
    name,
  );
  const intended = times(journal.sent.filter(isStep), name);
  const mine = new Map([...there].filter(([key]) => intended.has(key)));
  return {
    lost: beyond(acknowledged, (key) => there.get(key) ?? 0),
    doubled: beyond(mine, (key) => intended.get(key) ?? 0),
  };
}

// One complaint, one code: whatever an operator was given under two ids is two messages. `again`: those that go once more on purpose.
const messagesOut = (gateway: Gateway, again: ReadonlySet<string>): number =>
  beyond(
    times(
      [...new Map(gateway.taken.map((one) => [one.id, one])).values()].filter(({ id }) => !again.has(id)),
      ({ to, text }) => `${to} ${text}`,
    ),
    () => 1,
  );

/** A job that was taken longer ago than that lies with a process that is gone. */
const LEFT_LYING = '150 seconds';
/** What went wrong with messages, each by its own question: a complaint without its code and without the job that draws it, one that waits for no job, a job that is left lying. */
const MESSAGES_LOST = [
  `select c.form_id::text as key from intake.complaint c where c.form_id::text = any ($1)
    and not exists (select from notify.message m where m.subject = c.id and m.template = 'call-code')
    and not exists (select from callback.promise p join graphile_worker._private_jobs j on j.payload->>'promise' = p.id::text
      where p.file = c.id and j.attempts < j.max_attempts)`,
  `select m.id::text as key from notify.message m where m.state = 'waiting' and m.made_at < foundation.now() - interval '1 second'
    and not exists (select from graphile_worker._private_jobs j where j.payload->>'message' = m.id::text and j.attempts < j.max_attempts)`,
  `select id::text as key from graphile_worker._private_jobs where locked_at < clock_timestamp() - interval '${LEFT_LYING}'`,
];
async function messagesLost(look: Eyes, filed: readonly string[], gateway: Gateway): Promise<number> {
  let lost = 0;
  for (const words of MESSAGES_LOST) lost += (await look(words, words.includes('$1') ? [filed] : [])).length;
  const went = await look<{ key: string }>(
    `select id::text as key from notify.message where channel = 'sms' and state in ('sent', 'delivered')`,
  );
  const taken = new Set(gateway.taken.map(({ id }) => id));
  return lost + went.filter(({ key }) => !taken.has(key)).length;
}

// They go on sending: what must be there is what was acknowledged before the database was asked, what may be there what was sent until then.
async function tallyIn(look: Eyes, journal: Journal, gateway: Gateway, before: Before): Promise<Tally> {
  const sent = journal.sent.map((one) => ({ ...one }));
  const acknowledged = sent.filter(({ at }) => at !== undefined);
  const rows = await look<{ key: string }>(
    `select form_id::text as key from intake.complaint union all select encode(client_mac, 'hex') from sos.alert where client_mac is not null`,
  );
  const there = new Set(rows.map(({ key }) => key));
  // of an alarm only a keyed hash of what her phone drew is stored
  const stored = ({ kind, key }: Sent) => (kind === 'alarm' ? keys.mac('sos-form', '', key).toString('hex') : key);
  const lost = (kind: Kind) => acknowledged.filter((one) => one.kind === kind && !there.has(stored(one))).length;
  const steps = await stepsOf(look, sent, journal);
  const doubled: Doubled = {};
  for (const [what, words] of Object.entries(ONCE)) doubled[what] = (await look<Counted>(words)).length;
  // whatever is there and nobody sent is somebody's complaint or alarm a second time, under another name
  const mine = new Set(journal.sent.filter(({ kind }) => kind !== 'step').map(stored));
  doubled['nobody sent'] = [...there].filter((key) => !mine.has(key)).length;
  doubled.steps = steps.doubled;
  const again = await look<{ id: string }>(`select id::text from notify.message where purpose like '%/again'`);
  doubled['messages handed over'] = messagesOut(gateway, new Set(again.map(({ id }) => id)));
  const dates = new Map(
    (
      await look<{ id: string; dates: string }>(
        `select id::text, concat_ws(' ', started_at, due_at, due_on) as dates from deadlines.deadline
         union all select id::text, due_at::text from callback.promise`,
      )
    ).map((row) => [row.id, row.dates]),
  );
  const moved = [...before.dates].filter(([id, was]) => dates.get(id) !== was).length;
  before.dates = dates;
  const now = Temporal.Now.instant().add({ milliseconds: SLACK_MS }).toString();
  const [early] = await look<{ n: number }>('select count(*)::int as n from deadlines.stage where at > $1', [now]);
  const off = ({ began, at, promised }: Sent) => {
    if (at === undefined || promised === undefined || began < before.since) return false;
    const filed = Temporal.Instant.from(promised).epochMilliseconds - PROMISE_MS;
    return filed < began - MINUTE_MS || filed > at + MINUTE_MS;
  };
  return {
    acknowledged: byKind((kind) => acknowledged.filter((one) => one.kind === kind).length),
    lost: { complaint: lost('complaint'), alarm: lost('alarm'), step: steps.lost },
    messages_lost: await messagesLost(
      look,
      acknowledged.flatMap(({ kind, key }) => (kind === 'complaint' ? [key] : [])),
      gateway,
    ),
    doubled,
    moved,
    early: early?.n ?? 0,
    by_a_wrong_clock: acknowledged.filter(off).length,
    again: acknowledged.filter(({ tries }) => tries > 1).length,
    refused: Object.fromEntries(times(journal.refused, (code) => code)),
  };
}

/**
 * Holds the journal against the database, as whoever owns it sees it.
 * @param before what was there the last time; what is there now is kept in it
 */
export async function tally(journal: Journal, gateway: Gateway, before: Before, owner: string): Promise<Tally> {
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  const look: Eyes = async <T extends object>(words: string, values: unknown[] = []) =>
    (await client.query<T>(words, values)).rows;
  try {
    await client.query('begin isolation level repeatable read read only');
    return await tallyIn(look, journal, gateway, before);
  } finally {
    await client.end();
  }
}

/** Waits until every trace that waits now has its place in the log: only then is it named what was recorded at a wrong hour. */
export async function untilPlaced(owner: string): Promise<void> {
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    const { rows } = await client.query<{ last: string | null }>('select max(id)::text as last from audit.fresh');
    const waits = 'select from audit.fresh where id <= $1 limit 1';
    await until(
      'all has its place',
      async () => (await client.query(waits, [rows[0]?.last ?? '0'])).rowCount === 0,
      120_000,
    );
  } finally {
    await client.end();
  }
}
