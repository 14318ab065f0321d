// Decoy files: an auditor asks, a second post agrees, the file lies there like any other. Who opens one is told past the own superior.
import { randomInt } from 'node:crypto';
import {
  act,
  type Act,
  type Actor,
  asHouse,
  house,
  keys,
  newId,
  note,
  read,
  type Reading,
  refuse,
  tell,
} from '#foundation';
import { chainsOf, inCharge } from '#deadlines';
import { complaintForm, giveNumber, recordComplaint } from '#intake';
import { findPosts, findUnit, headOf, type Named, namesById, officersOf, postsOf, unitNames } from '#posts';
import { sealNarrative } from '#sealed-identity';
import { filesByIds } from './danger.ts';
import { type DecoyForm, decoyForm } from './decoy-forms.ts';
import * as kept from './decoys-store.ts';
import { addSign } from './look-up-store.ts';
import { ASKS_FOR_DECOYS, DECOY_HOURS, DECOY_PAST_H, KEEPS_DECOYS, ONE_TOUCH_MINUTES } from './rules.ts';
import * as store from './store.ts';

const PURPOSE = 'decoy';
/** Decoys are said to have been filed from nine in the morning on, within ten hours. */
const [FIRST_HOUR, HOURS] = [9, 10];
type Officer = Extract<Actor, { kind: 'officer' }>;
function keeperIn({ actor }: Pick<Act, 'actor'>, kinds: readonly string[]): Officer {
  return actor.kind === 'officer' && kinds.includes(actor.post_kind) ? actor : refuse('not-your-power');
}

/** A decoy as its keepers see it. `number`: for the auditor alone, once it lies; `mine`: this post asked for it. */
export type Decoy = {
  id: string;
  station: Named | null;
  asked_at: Temporal.Instant;
  state: 'asked' | 'lies' | 'declined' | 'over' | 'ended';
  told: DecoyForm;
  mine: boolean;
  number: string | null;
  touches: { at: Temporal.Instant; deed: string; post_name: Named | null; officer: Named | null }[];
};

/**
 * Asks for a decoy file. It lies only when a second post agrees within {@link DECOY_HOURS} hours.
 * @throws Refusal `not-your-power`, `station-unknown`
 */
export async function askForDecoy(a: Act, form: DecoyForm): Promise<void> {
  const who = keeperIn(a, ASKS_FOR_DECOYS);
  const station = await findUnit(a, form.station);
  if (station?.level !== 'station' || !`${form.station}.`.startsWith(`${who.unit}.`))
    refuse('station-unknown', 'station');
  const id = newId();
  await kept.addDecoy(a, {
    id,
    post: who.post,
    officer: who.officer,
    path: who.unit,
    ends_at: a.now.add({ hours: DECOY_HOURS }),
    station: form.station,
    sealed_form: keys.seal(PURPOSE, id, JSON.stringify(form)),
  });
  await note(a, 'casework.ask-decoy', null, { decoy: id });
}

/**
 * Agrees, or does not. With the second post's word the file lies there, in the same act.
 * @throws Refusal `not-your-power`; `not-found` for one that is unknown, one's own, decided or over
 */
export async function decideOnDecoy(a: Act, id: string, agreed: boolean): Promise<void> {
  const who = keeperIn(a, KEEPS_DECOYS);
  const row = (await kept.decoysHere(a)).find((one) => one.id === id) ?? refuse('not-found');
  if (row.asked_by_post === who.post || row.asked_by_officer === who.officer) refuse('not-found');
  if (!(await kept.decideDecoy(a, id, { post: who.post, officer: who.officer, agreed }))) refuse('not-found');
  await note(a, 'casework.decide-decoy', null, { decoy: id, agreed });
  if (agreed) await asHouse(a, (h) => lay(h, id, formIn(row)));
}

/** Takes a decoy away: it watches no more and lies with the auditor, where nobody else sees it. @throws Refusal `not-your-power`, `not-found` */
export async function endDecoy(a: Act, id: string): Promise<void> {
  const who = keeperIn(a, ASKS_FOR_DECOYS);
  const file = (await kept.endDecoy(a, id, who.post)) ?? refuse('not-found');
  await asHouse(a, (h) => store.putOnDesk(h, file, who.post, h.now, 'confirmed'));
  await note(a, 'casework.end-decoy', null, { decoy: id });
}

/** The decoys of the acting keeper with whoever has touched them; none for others. */
export async function decoysOf(r: Reading): Promise<Decoy[]> {
  if (r.actor.kind !== 'officer' || !KEEPS_DECOYS.includes(r.actor.post_kind)) return [];
  const { post, post_kind } = r.actor;
  const [rows, touches] = [await kept.decoysHere(r), await kept.touchesHere(r)];
  const ids = <K extends 'post' | 'officer'>(of: K) => touches.map((touch) => touch[of]);
  const posts = namesById(await findPosts(r, ids('post')));
  const officers = namesById(await officersOf(r, ids('officer')));
  const asks = ASKS_FOR_DECOYS.includes(post_kind);
  const numbers = asks ? await numbersOf(rows.flatMap(({ file }) => file ?? [])) : new Map<string, string>();
  const stations = await unitNames(r, [...new Set(rows.map(({ station }) => station))]);
  return rows.map((row) => ({
    id: row.id,
    station: stations.get(row.station) ?? null,
    asked_at: row.asked_at,
    state: stateOf(row, r.now),
    told: formIn(row),
    mine: row.asked_by_post === post,
    number: (row.file && numbers.get(row.file)) ?? null,
    touches: touches
      .filter(({ decoy }) => decoy === row.id)
      .map(({ at, deed, post: by, officer }) => ({
        at,
        deed,
        post_name: posts.get(by) ?? null,
        officer: officers.get(officer) ?? null,
      })),
  }));
}

const formIn = (row: kept.DecoyRow): DecoyForm =>
  decoyForm.parse(JSON.parse(keys.open(PURPOSE, row.id, row.sealed_form).toString('utf8')));
function stateOf(row: kept.DecoyRow, now: Temporal.Instant): Decoy['state'] {
  if (row.ended_at) return 'ended';
  if (row.file) return 'lies';
  if (row.agreed === false) return 'declined';
  return Temporal.Instant.compare(row.ends_at, now) > 0 ? 'asked' : 'over';
}
// an auditor sees no file: the house says which number a decoy has
const numbersOf = (files: string[]): Promise<ReadonlyMap<string, string>> =>
  read(house(), 'casework.name-decoys', (h) => filesByIds(h, files));

// As the house: a complaint of its day with everything that stands in one, refused, and upheld; no clock, no call, no serial of a register.
async function lay(h: Act, id: string, told: DecoyForm): Promise<void> {
  // at an hour of the day, as people file
  const filed = h.now
    .toZonedDateTimeISO('Asia/Kolkata')
    .subtract({ days: told.days_ago })
    .with({ hour: FIRST_HOUR + randomInt(HOURS), minute: randomInt(60), second: randomInt(60) })
    .toInstant();
  const after = (hours: number) => filed.add({ hours });
  const district = told.station.split('.').slice(0, 3).join('.');
  const form = complaintForm.parse({
    form_id: newId(),
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { name: told.name, age: 26, woman_or_girl: true },
    mobile: told.mobile,
    mobile_shared: false,
    phone_watched: true,
    // nothing is ever sent where she has said so
    safe_contact: { modes: ['no_contact'], windows: [], voicemail: false },
    access: { languages: ['hi'], needs: [] },
    address_now: { district },
    station: told.station,
    happened: [told.category],
    when: { precision: 'unknown' },
    where: { place_type: told.place_type, text: told.place },
    accused: [{ known: true, name: told.accused }],
    account: { text: told.account },
    needs: { danger_now: false, doctor: false, safe_place: false, protection: false },
    agreed: true,
    notice_version: '2026-11',
  });
  const { id: file } = await recordComplaint({ ...h, now: filed }, form);
  await kept.nameDecoy(h, id, file);
  const at = await desksOf(h, district, told.station);
  await store.addFile(h, {
    id: file,
    state: 'submitted',
    district,
    desk_post: at.calls.id,
    desk_path: at.calls.path,
    desk_since: filed,
    child: false,
    categories: form.happened,
    happened: {
      from: null,
      to: null,
      precision: 'unknown',
      place_type: told.place_type,
      accused: 1,
      accused_police: false,
      reported_for_her: false,
    },
    language: 'hi',
    channel: 'web',
    account_kind: 'text',
    phrase: keys.seal('file-phrase', file, JSON.stringify({ hi: '', en: '' })),
    submitted_at: filed,
  });
  await store.addStay(h, { file, post: at.calls.id, from_at: filed, reason: 'filed' });
  const number = await giveNumber(h, file);
  const path = [
    { step: 'file', post: null, from: null, to: 'submitted', at: filed },
    { step: 'confirm', post: at.calls.id, from: 'submitted', to: 'confirmed', at: after(DECOY_PAST_H.confirmed) },
    { step: 'receive', post: at.holder.id, from: 'confirmed', to: 'received', at: after(DECOY_PAST_H.received) },
    {
      step: 'refuse-registration',
      post: at.holder.id,
      from: 'received',
      to: 'refused',
      at: after(DECOY_PAST_H.refused),
    },
    { step: 'uphold-refusal', post: at.above.id, from: 'refused', to: 'refused', at: after(DECOY_PAST_H.upheld) },
  ] as const;
  for (const { step, post, from, to, at: when } of path) {
    const row = newId();
    const reasoned = step === 'refuse-registration' || step === 'uphold-refusal';
    await store.addStep(h, {
      id: row,
      file,
      step,
      at: when,
      post,
      officer: null,
      from_state: from,
      to_state: to,
      form: {},
      sealed_note: reasoned ? await sealNarrative(h, file, `step:${row}`, told.reason) : null,
    });
  }
  await store.putOnDesk(h, file, at.holder.id, after(DECOY_PAST_H.confirmed), 'confirmed');
  await kept.restDecoy(h, file, number, {
    confirmed: after(DECOY_PAST_H.confirmed),
    received: filed,
    upheld: after(DECOY_PAST_H.upheld),
  });
}

async function desksOf(h: Act, district: string, station: string) {
  const [calls] = await postsOf(h, district, 'callback-desk');
  const [sho] = await postsOf(h, station, 'sho');
  const circle = station.slice(0, station.lastIndexOf('.'));
  const above = await headOf(h, circle);
  if (!calls || !sho || !above) return refuse('station-unknown', 'station');
  return { calls, holder: sho, above };
}

/** Tells of every opening of a decoy: a sign to the post two above whoever opened it, and to the auditor. Within seconds, not in the opening. */
export async function tellOfTouches(): Promise<void> {
  const waiting = await read(house(), 'casework.look-for-touches', kept.touchesWaiting);
  if (waiting.length === 0) return;
  await act(house(), 'casework.tell-of-touches', async (h) => {
    for (const touch of await kept.touchesWaiting(h)) {
      const again = await kept.openedJustBefore(h, touch, ONE_TOUCH_MINUTES);
      await kept.touchRaised(h, touch.id);
      if (again) continue;
      const chain = (await chainsOf(h, [touch.post])).get(touch.post) ?? [];
      const auditor = (await findPosts(h, [touch.asked_by_post]))[0];
      // past the superior, who may have sent him
      const to = inCharge(chain.slice(2)) ?? inCharge(chain.slice(1));
      const path = to?.path ?? auditor?.path;
      if (!path) continue;
      await addSign(h, {
        id: newId(),
        post: touch.post,
        officer: touch.officer,
        sign: 'decoy',
        on_day: touch.at.toZonedDateTimeISO('Asia/Kolkata').toPlainDate(),
        n: 1,
        to_post: to?.post ?? touch.asked_by_post,
        to_path: path,
        raised_at: h.now,
      });
      for (const post of new Set([touch.asked_by_post, ...(to ? [to.post] : [])])) await tell(h, 'attention', post);
    }
  });
}
