// I6: who is of another district reads, counts and infers nothing of this one, and nobody here reads anything of hers who filed elsewhere.
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { callbackQueue } from '#callback';
import { calendarOf, deskForm, deskOf, digestOf, fileComplaint } from '#casework';
import { attentionOf } from '#deadlines';
import { act, nobody, type Reading, Refusal, read } from '#foundation';
import { complaintForm } from '#intake';
import { board } from '#sos';
import { CANARY, type Case } from './case.ts';
import type { Broken } from './invariants.ts';
import type { World } from './world.ts';

const FAR = 'in.up.lucknow';
const FAR_STATION = 'in.up.lucknow.sample_zone.sample_circle.sample_station';
/** Stands in every name and text of hers who filed in another district. */
const FAR_CANARY = 'Parayi';
const STRANGERS = ['lko-sho', 'lko-io', 'lko-help', 'lko-acp'] as const;
const HERE = ['verma', 'khan', 'suman', 'savita', 'singh', 'rao', 'cp', 'control', 'prv-1', 'aruna'] as const;

// what lies in the district of the run and nowhere else, by tables whose rows the database itself hides
const HIDDEN = ['casework.file', 'deadlines.deadline', 'deadlines.attention', 'callback.promise', 'sos.alert'];

const PAGES: readonly ((r: Reading) => Promise<unknown>)[] = [
  (r) => deskOf(r, deskForm.parse({})),
  attentionOf,
  callbackQueue,
  digestOf,
  (r) => calendarOf(r, { from: r.now.toZonedDateTimeISO('Asia/Kolkata').toPlainDate(), days: 40 }),
  board,
];

type Sees = Pick<World, 'house' | 'as'>;
/** Everything that the pages of an officer show, as one text. */
async function shownTo(w: Sees, who: string): Promise<string> {
  // whose post stands empty is shown nothing
  const me = await w.as(who).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (!me) return 'nobody there';
  const shown: string[] = [];
  for (const page of PAGES)
    shown.push(
      await read(me, 'sim.page', page).then(
        (answer) => JSON.stringify(answer) ?? 'nothing',
        (error: unknown) => {
          if (error instanceof Refusal) return error.code;
          throw error;
        },
      ),
    );
  return shown.join('\n');
}
/** Whether the database shows an officer this file. */
async function seesFile(w: Sees, who: string, id: string): Promise<boolean> {
  const file = (r: Reading) => r.db.selectFrom('casework.file').select('id').where('id', '=', id).executeTakeFirst();
  const seen = await w
    .as(who)
    .then((me) => read(me, 'sim.look', file))
    .catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
  return seen !== undefined;
}
// what day it is may be told to everybody
const timeless = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'then');

export type Foreign = {
  /** after a step: what the database shows a stranger */
  seen: () => Promise<Broken[]>;
  /** once in a while: what one stranger, and one officer of here, is shown on all pages */
  shown: () => Promise<Broken[]>;
};

/** Somebody files in another district; from then on is asked who is shown what. */
export async function openForeign(w: Sees, cases: readonly Case[]): Promise<Foreign> {
  const form = complaintForm.parse({
    form_id: randomUUID(),
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { woman_or_girl: true, name: `${FAR_CANARY} Devi`, age: 31 },
    mobile: '9290000001',
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '00:00', to: '23:59' }] },
    address_now: { district: FAR },
    station: FAR_STATION,
    happened: ['stalking'],
    when: { precision: 'unknown' },
    where: { place_type: 'public', text: `${FAR_CANARY} bazaar` },
    accused: [{ known: true, name: `${FAR_CANARY} Lal` }],
    account: { text: `${FAR_CANARY}: what happened` },
    agreed: true,
    notice_version: '1',
  });
  await act(nobody, 'casework.file-complaint', (a) => fileComplaint(a, form));
  // what pages know her case by: the file, or the call that she was promised
  const [far] = await w.house.sql<{ id: string; call: string }>(
    'select i.id, p.id as call from intake.complaint i join callback.promise p on p.file = i.id where i.form_id = $1',
    [form.form_id],
  );
  const before = new Map<string, string>();
  for (const who of STRANGERS) before.set(who, timeless(await shownTo(w, who)));
  const rows = sql.raw(HIDDEN.map((name) => `select '${name}' as name from ${name}`).join(' union all '));
  let turn = 0;
  return {
    async seen() {
      const stranger = STRANGERS[turn % STRANGERS.length] ?? 'lko-sho';
      const found = await read(await w.as(stranger), 'sim.look', async (r) => {
        const asked = await (rows as ReturnType<typeof sql<{ name: string }>>).execute(r.db);
        return new Set(asked.rows.map(({ name }) => name));
      });
      return [...found].map((name) => ({ invariant: 'I6 a row of another district', what: `${stranger}: ${name}` }));
    },
    async shown() {
      const [stranger, here] = [STRANGERS[turn % STRANGERS.length] ?? 'lko-sho', HERE[turn % HERE.length] ?? 'verma'];
      turn++;
      const [theirs, ours] = [await shownTo(w, stranger), await shownTo(w, here)];
      const found: Broken[] = [];
      const say = (invariant: string, what: string) => found.push({ invariant: `I6 ${invariant}`, what });
      // not a byte more than before anything had happened here: what is not shown is not counted either
      if (timeless(theirs) !== before.get(stranger)) say('shown otherwise than before', stranger);
      if (theirs.includes(CANARY) || cases.some(({ number }) => number !== undefined && theirs.includes(number)))
        say('a word of another district', stranger);
      if ([FAR_CANARY, far?.id ?? FAR_CANARY, far?.call ?? FAR_CANARY].some((word) => ours.includes(word)))
        say('a word of another district', here);
      if (far && (await seesFile(w, here, far.id))) say('a row of another district', `${here}: casework.file`);
      return found;
    },
  };
}
