// Steps up to the FIR: into the register, signed, recorded, joined to an FIR that was there before, or refused.
import { type Act, asHouse, refuse } from '#foundation';
import { clocksOf, quietClocks, wakeClocks } from '#deadlines';
import { istDay } from '#law';
import { findPost, superiorOf } from '#posts';
import { canonicalSections } from './cited.ts';
import { type Deed, headOfStation, raiseTo, refuseFault, shoOf, told } from './deed.ts';
import { SIGN_PLACES } from './form-codes.ts';
import { medicalEvents } from './duty-state.ts';
import type { FormOf } from './forms.ts';
import { faultOfFir, faultOfInstant, faultOfOlderFir, faultOfOrder } from './guards.ts';
import { lastDay, moment } from './moments.ts';
import { whyNotThere } from './rules.ts';
import * as store from './store.ts';
import { faultOfCode } from './which-code.ts';

export const receive: Deed<'receive'> = async (a, file) => {
  const entry = (await entered(a, file)) ?? refuse('not-at-a-station');
  await moment(a, file, { moment: 'received-at-station', at: a.now });
  return { set: { ...entry, received_at: a.now }, form: { ...entry } };
};

/** The next line of the register of the station where the file lies; only a station keeps one. */
export async function entered(a: Act, file: store.File) {
  const desk = await findPost(a, file.desk_post);
  if (desk?.level !== 'station' || desk.unit === file.station) return undefined;
  const register_year = istDay(a.now).year;
  const register_serial = await store.nextSerial(a, desk.unit, register_year);
  return { station: desk.unit, station_path: desk.path, register_year, register_serial };
}

export const sign: Deed<'sign'> = async (a, file, { signed_at, place }) => {
  refuseFault(faultOfInstant(signed_at, 'signed_at', told(a, file)));
  await moment(a, file, { moment: 'signed', at: signed_at });
  const sign_place = SIGN_PLACES.find((known) => known === place) ?? 'other';
  const form = { signed_at: signed_at.toString(), place: sign_place };
  return { set: { signed_at, sign_place }, form, ...(sign_place === place ? {} : { note: place }) };
};

export const registerFir: Deed<'register-fir'> = async (a, file, form) => {
  refuseFault(faultOfFir(form, told(a, file)) ?? faultOfOrder(form.recorded_at, file));
  const record = await putOnRecord(a, file, form);
  // moved to another station since it was received: the FIR stands in that station's register, and so does the file
  const entry = (await entered(a, file)) ?? {};
  const { fir_number, year } = form;
  return {
    set: { ...entry, ...record.set, fir_number, fir_year: year, recorded_at: form.recorded_at },
    form: { ...entry, fir_number, year, ...record.form },
  };
};

/** What is entered of any FIR. */
type Recording = Omit<FormOf<'register-fir'>, 'step' | 'fir_number'>;

/**
 * Her information is on record: the clocks of the law start from that instant, with the sections and the day that are entered with it.
 * @throws Refusal the faults of the form, each about its field
 */
export async function putOnRecord(a: Act, file: store.File, form: Recording) {
  refuseFault(faultOfCode(form, file.happened));
  const { recorded_at, offence_on, code } = form;
  const sections = canonicalSections(form.sections);
  // the two months run from the day the information was recorded, not from today and not from the assignment: BNSS 193(2). What was told
  // orally and reduced to writing is on record without the signature on the electronic one: BNSS 173(1)(i)
  await moment(
    a,
    { ...file, sections, offence_on: offence_on ?? file.offence_on },
    { moment: 'information-recorded', at: recorded_at },
  );
  await whatWasDoneBefore(a, file);
  return {
    set: { offence_on: offence_on ?? null, sections },
    form: {
      recorded_at: recorded_at.toString(),
      offence_on: offence_on?.toString() ?? null,
      sections,
      ...(code ? { code } : {}),
    },
  };
}

// The FIR names the offence, and only then is it known which duties there were. What was done before it counts.
async function whatWasDoneBefore(a: Act, file: store.File): Promise<void> {
  const steps = await store.stepsOf(a, file.id);
  // the hours from the information end once: with the first that ends them
  const first = medicalEvents(steps).find(({ what }) => what !== 'consented');
  if (first)
    await moment(a, file, { moment: first.what === 'sent' ? 'sent-to-doctor' : 'examination-declined', at: first.at });
  for (const { step, form } of steps) {
    if (step === 'statement' && form.kind === 'magistrate')
      await moment(a, file, { moment: 'magistrate-statement', at: Temporal.Instant.from(String(form.at)) });
  }
}

/**
 * An FIR that was there before she filed here: her long-pending case. Its own day starts the clock, so that what is late is late at once;
 * warnings of years ago are not rung one by one. Where it stands at another station, the file goes there, into that register.
 */
export const linkFir: Deed<'link-fir'> = async (a, file, form) => {
  const sho = await headOfStation(a, form.station, 'station');
  const elsewhere = sho.unit !== file.station;
  const desk = await findPost(a, file.desk_post);
  if (elsewhere && a.actor.kind === 'officer') {
    const { post_kind: kind, unit } = a.actor;
    const target = { post: sho.id, kind: sho.kind, unit: sho.path, closed: false };
    const why = desk?.unit !== sho.unit && whyNotThere('move', { post: file.desk_post }, target, { kind, unit });
    if (why) refuse(why, 'station');
  }
  refuseFault(faultOfOlderFir(form, { submitted_at: file.submitted_at, said_on: lastDay(file.happened) }));
  const record = await putOnRecord(a, file, form);
  await quietClocks(a, file.id);
  await wakeClocks(a, file.id);
  const entry = elsewhere ? await enteredAt(a, sho) : {};
  const { fir_number, year } = form;
  return {
    set: { ...entry, ...record.set, fir_number, fir_year: year, recorded_at: form.recorded_at },
    form: { ...entry, fir_number, year, station: form.station, ...record.form },
    ...(desk?.unit !== sho.unit ? { desk: { post: sho.id, reason: 'fir-linked' } } : {}),
  };
};

// the file is on its way to that station and not there yet: the house draws its line of the register
async function enteredAt(a: Act, { unit, path }: { unit: string; path: string }) {
  const register_year = istDay(a.now).year;
  const register_serial = await asHouse(a, (h) => store.nextSerial(h, unit, register_year));
  return { station: unit, station_path: path, register_year, register_serial };
}

/** Refused: the file goes to the post above the officer in charge, who hears of it; she reads why and what she can do. BNSS 173(4) */
export const refuseRegistration: Deed<'refuse-registration'> = async (a, file, { reason }) => {
  // nothing was signed or recorded, so nothing is met: the clocks stay as they are and raise no more; only her way to the superior runs
  await quietClocks(a, file.id);
  await moment(a, file, { moment: 'refused', at: a.now });
  const sho = (await shoOf(a, file))?.id ?? file.desk_post;
  const above = (await superiorOf(a, sho)) ?? refuse('no-superior');
  const decides = (await clocksOf(a, file.id)).findLast((c) => c.rule === 'refusal_to_sp' && !c.stopped_at);
  await raiseTo(a, file.id, above, { rule: 'registration-refused', due_at: decides?.due_at ?? a.now });
  return {
    set: { refusal_upheld_at: null },
    note: reason,
    ...(above.id === file.desk_post ? {} : { desk: { post: above.id, reason: 'registration-refused' } }),
  };
};

/** The superior has looked at it and stands by the refusal: what is left to her is the Magistrate. BNSS 173(4), 175(3) */
export const upholdRefusal: Deed<'uphold-refusal'> = async (a, file, { reason }) => {
  await moment(a, file, { moment: 'superior-directed', at: a.now });
  const sho = await shoOf(a, file);
  return {
    set: { refusal_upheld_at: a.now },
    note: reason,
    ...(sho && sho.id !== file.desk_post ? { desk: { post: sho.id, reason: 'refusal-upheld' } } : {}),
  };
};
