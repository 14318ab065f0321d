// A file from another State: it begins with its history, lies with the head of the station, and the law counts on from where it stood.
import { type Act, keys, newId, note, tell } from '#foundation';
import { happened, wakeClocks } from '#deadlines';
import { takeOver } from '#intake';
import type { Told } from '#law';
import { sealNarrative } from '#sealed-identity';
import type { Travelling } from './abroad-forms.ts';
import * as abroad from './abroad-store.ts';
import { HISTORY } from './arrival.ts';
import { canonicalSections } from './cited.ts';
import { headOfStation } from './deed.ts';
import { factsForLaw } from './moments.ts';
import { topicOf } from './steps.ts';
import * as store from './store.ts';

// what has no call to be promised has no phrase either
const NO_PHRASE = JSON.stringify({ hi: '', en: '' });

/**
 * Takes a file over from another State: complaint and identity sealed with keys of this house, a number of its own, the head of the named
 * station as its desk, where it waits to be taken into the register. The clocks of the law run from the same instants as there; what has
 * ended there has ended; nothing that was due before it came is rung again. As the house. The same parcel twice is one file.
 * @param told parsed by `travellingForm`
 * @returns its number here, and the file where it began just now
 * @throws Refusal `no-such-station` about `to_path`
 */
export async function takeOverFile(
  h: Act,
  parcel: string,
  from_state: string,
  told: Travelling,
): Promise<{ file: string; number: string } | undefined> {
  const desk = await headOfStation(h, told.to_path, 'to_path');
  const district = told.to_path.split('.').slice(0, 3).join('.');
  const taken = await takeOver(h, told.complaint, { district, submitted_at: told.submitted_at });
  if (!taken) return undefined;
  const { id, number, child } = taken;
  const { zero, sections } = told;
  await store.addFile(
    h,
    {
      id,
      state: 'transferred',
      district,
      desk_post: desk.id,
      desk_path: desk.path,
      desk_since: h.now,
      child,
      categories: told.complaint.happened,
      happened: told.happened,
      language: told.complaint.language,
      channel: told.complaint.channel,
      account_kind: told.account_kind,
      phrase: keys.seal('file-phrase', id, NO_PHRASE),
      submitted_at: told.submitted_at,
    },
    {
      number,
      confirmed_at: told.confirmed_at,
      oral_at: told.oral_at,
      signed_at: told.signed_at,
      sign_place: told.sign_place,
      offence_on: told.offence_on,
      zero_number: zero.number,
      zero_year: zero.year,
      zero_recorded_at: zero.recorded_at,
      sections: canonicalSections(sections),
    },
  );
  await store.addStay(h, { file: id, post: desk.id, from_at: h.now, reason: 'from-another-state' });
  await store.addStep(h, {
    id: newId(),
    file: id,
    step: 'arrive',
    at: h.now,
    post: null,
    officer: null,
    from_state: null,
    to_state: 'transferred',
    form: { from_state, zero_number: zero.number, year: zero.year, recorded_at: zero.recorded_at.toString() },
    sealed_note: null,
  });
  await abroad.addArrival(h, {
    file: id,
    parcel,
    from_state,
    state_hi: told.from.state.hi,
    state_en: told.from.state.en,
    station_hi: told.from.station.hi,
    station_en: told.from.station.en,
    number_there: told.from.number,
    handed_at: told.handed_at,
    came_at: h.now,
    sealed_history: await sealNarrative(h, id, HISTORY, JSON.stringify(told.history)),
  });
  await startWhereItStood(h, id, told);
  await note(h, 'file.arrive', id, { parcel });
  await tell(h, topicOf(desk.id), id);
  return { file: id, number };
}

// Her time is not restarted: information when she sent it, the two months when it was first put on record, the day to take it from the sending.
async function startWhereItStood(h: Act, id: string, told: Travelling): Promise<void> {
  const file = await store.lockById(h, id);
  const facts = factsForLaw(file);
  const then: Told[] = [
    { moment: 'information-received', at: told.submitted_at },
    { moment: 'information-recorded', at: told.zero.recorded_at },
    { moment: 'transfer-sent', at: told.handed_at },
  ];
  for (const one of then) await happened(h, { file: id, ...one }, facts);
  for (const one of told.moments) await happened(h, { file: id, ...one }, facts);
  await wakeClocks(h, id);
}

/** Files of this house that came from another State and stand differently than was last said there. As the house. */
export const newsToTell = abroad.newsToTell;
/** Notes that the State a file came from is told how it stands. As the house. */
export const newsTold = async (h: Act, file: string, standing: abroad.Standing): Promise<void> => {
  await abroad.newsTold(h, file, standing);
};
