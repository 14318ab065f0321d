// A file on its way to another State: what travels, the receipt by which it ends here, what is late or refused, where it lies there.
import type { z } from 'zod';
import { type Act, newId, note, refuse, tell } from '#foundation';
import { clocksOf, quietClocks, raise } from '#deadlines';
import { findComplaint, formFrom } from '#intake';
import { sendSms } from '#notify';
import { findPost, findUnit, STATES_OF_INDIA, superiorOf } from '#posts';
import { handOn } from '#sealed-identity';
import type { standingForm } from './abroad-forms.ts';
import * as abroad from './abroad-store.ts';
import { wayOf } from './way.ts';
import { moment } from './moments.ts';
import { topicOf } from './steps.ts';
import * as store from './store.ts';

/** The handovers that no receipt has answered and nobody has refused, oldest first: what #exchange has to carry. As the house. */
export const handoversAsked = async (h: Act, most: number) =>
  (await abroad.handoversAsked(h, most)).map(({ parcel, file, to_state, asked_at }) => ({
    parcel,
    file,
    to_state,
    asked_at,
  }));

const iso = (at: Temporal.Instant | null): string | null => at?.toString() ?? null;

/**
 * A file as it travels: everything that was told, done and counted in it. As the house, within the act that writes the parcel; that the
 * seals were opened for it stands in the ledger.
 * @param parcel of an open handover
 * @returns the file, and what {@link travellingForm} reads of it; undefined where the handover has ended
 */
export async function travelling(h: Act, parcel: string): Promise<{ id: string; told: unknown } | undefined> {
  const handover = await abroad.handoverBy(h, parcel);
  if (!handover || handover.received_at || handover.refused) return undefined;
  const file = await store.lockById(h, handover.file);
  const row = (await findComplaint(h, file.id)) ?? refuse('not-found');
  const way = await wayOf(h, file);
  const home = file.zero_station_path ? await findUnit(h, file.zero_station_path) : undefined;
  const own = (await findPost(h, file.desk_post))?.path.split('.').slice(0, 2).join('.') ?? '';
  const clocks = await clocksOf(h, file.id);
  const told = {
    to_path: handover.to_path,
    from: {
      state: STATES_OF_INDIA.get(own) ?? { hi: own, en: own },
      station: home ? { hi: home.name_hi, en: home.name_en } : { hi: '', en: '' },
      number: file.number,
    },
    handed_at: handover.asked_at.toString(),
    complaint: formFrom(await handOn(h, file.id), row, {
      form_id: parcel,
      station: handover.to_path,
      when: file.happened,
      place_type: file.happened.place_type,
    }),
    submitted_at: file.submitted_at.toString(),
    confirmed_at: iso(file.confirmed_at),
    oral_at: iso(file.oral_at),
    signed_at: iso(file.signed_at),
    sign_place: file.sign_place,
    zero: { number: file.zero_number, year: file.zero_year, recorded_at: iso(file.zero_recorded_at) },
    sections: file.sections,
    offence_on: file.offence_on?.toString() ?? null,
    happened: file.happened,
    account_kind: file.account_kind,
    moments: clocks.flatMap(({ stopped_by, stopped_at }) =>
      stopped_by && stopped_at && !stopped_by.startsWith('transfer-')
        ? [{ moment: stopped_by, at: stopped_at.toString() }]
        : [],
    ),
    history: {
      desks: way.desks.map((d) => ({
        office: d.post_name,
        unit: d.unit_name,
        officer: d.officer?.name ?? null,
        from: d.from.toString(),
        to: iso(d.to),
        reason: d.reason,
      })),
      steps: way.history.map((s) => ({
        step: s.step,
        about: s.about,
        at: s.at.toString(),
        office: s.post_name,
        officer: s.officer,
        note: s.note,
      })),
      diary: way.entries.map((e) => ({
        number: e.number,
        at: e.at.toString(),
        office: e.post_name,
        officer: e.officer,
        text: e.text,
      })),
    },
  };
  return { id: file.id, told };
}

/**
 * The other State has signed that it has the file: it ends here as it stood, its clocks are seen and ring no more, she is told that there is
 * something to see, and the receipt stands in its history. As the house. The same receipt twice ends it once.
 * @param receipt number of the complaint there, SHA-256 of the letter, the instant that State wrote under it
 */
export async function handedOver(
  h: Act,
  parcel: string,
  receipt: { number: string; sha256: Buffer; received_at: Temporal.Instant },
): Promise<void> {
  const handover = await abroad.handoverBy(h, parcel);
  if (!handover || handover.received_at) return;
  const file = await store.lockById(h, handover.file);
  await abroad.changeHandover(h, parcel, {
    received_at: receipt.received_at,
    number_there: receipt.number,
    sha256: receipt.sha256,
  });
  await moment(h, file, { moment: 'transfer-accepted', at: h.now });
  await quietClocks(h, file.id);
  await store.changeFile(h, file.id, { state: 'handed-over', closed_at: h.now, outcome: 'another-state' });
  await store.addStep(h, {
    id: newId(),
    file: file.id,
    step: 'handed-over',
    at: h.now,
    post: null,
    officer: null,
    from_state: file.state,
    to_state: 'handed-over',
    form: {
      to_state: handover.to_state,
      to_unit: handover.to_path,
      number: receipt.number,
      sha256: receipt.sha256.toString('hex'),
    },
    sealed_note: null,
  });
  await note(h, 'file.handed-over', file.id, { parcel });
  await sendSms(h, {
    subject: file.id,
    purpose: `handed-over/${parcel}`,
    template: 'update',
    language: file.language === 'en' ? 'en' : 'hi',
    params: {},
  });
  await tell(h, topicOf(file.desk_post), file.id);
}

/**
 * The other house cannot take it, for good: the file is free again for its station, which hears of it, as does the post above.
 * As the house.
 * @param code as the other house has answered it
 */
export async function handoverRefused(h: Act, parcel: string, code: string): Promise<void> {
  const handover = await abroad.handoverBy(h, parcel);
  if (!handover || handover.received_at || handover.refused) return;
  await abroad.changeHandover(h, parcel, { refused: code, refused_at: h.now });
  await raiseHandover(h, parcel, 'handover-refused');
}

/** Raises a handover that is late, or refused, to the post that holds the file and to the one above. As the house; each once. */
export async function raiseHandover(h: Act, parcel: string, rule: 'handover-late' | 'handover-refused'): Promise<void> {
  const handover = (await abroad.handoverBy(h, parcel)) ?? refuse('not-found');
  const file = await store.lockById(h, handover.file);
  const desk = await findPost(h, file.desk_post);
  const above = desk && (await superiorOf(h, desk.id));
  await raise(
    h,
    [desk, above].flatMap((post) =>
      post
        ? [
            {
              file: file.id,
              rule,
              stage: rule,
              due_at: handover.asked_at,
              reason: rule,
              to: { post: post.id, path: post.path },
            },
          ]
        : [],
    ),
  );
  if (desk) await tell(h, 'attention', desk.id);
}

/** Where a file that was given away lies now, as the State that has it says. As the house. @returns false for a parcel of another State */
export async function handoverNews(
  h: Act,
  told: { parcel: string; from_state: string; standing: z.output<typeof standingForm>; at: Temporal.Instant },
): Promise<boolean> {
  const handover = await abroad.handoverBy(h, told.parcel);
  if (!handover?.received_at || handover.to_state !== told.from_state) return false;
  // what was written before is not news any more: parcels may overtake each other
  if (handover.news_at && Temporal.Instant.compare(told.at, handover.news_at) <= 0) return true;
  const standing: abroad.Standing = { ...told.standing, since: Temporal.Instant.from(told.standing.since).toString() };
  await abroad.changeHandover(h, told.parcel, { news: standing, news_at: told.at });
  return true;
}
