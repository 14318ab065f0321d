// Steps of the inquiry: what is written, taken down, examined, searched and told; nothing of it is ever edited.
import { type Act, refuse } from '#foundation';
import { explainDelay } from '#deadlines';
import { istDay, type Told } from '#law';
import { sealNarrative } from '#sealed-identity';
import { type Deed, holder, refuseFault, told } from './deed.ts';
import { medicalEvents } from './duty-state.ts';
import { faultOfInstant } from './guards.ts';
import { moment } from './moments.ts';
import * as store from './store.ts';

export const diary: Deed<'diary'> = async (a, file, { text }) => {
  const { post, officer } = holder(a);
  const number = await store.nextEntry(a, file.id);
  const sealed_text = await sealNarrative(a, file.id, `diary:${number}`, text);
  await store.addEntry(a, { file: file.id, number, at: a.now, post, officer, sealed_text });
  return { form: { number } };
};

export const statement: Deed<'statement'> = async (a, file, form) => {
  refuseFault(faultOfInstant(form.at, 'at', told(a, file)));
  const { kind, place = null, woman_officer = null, audio_video = null } = form;
  if (kind === 'magistrate') await moment(a, file, { moment: 'magistrate-statement', at: form.at });
  const oral = kind === 'oral-information' && !file.oral_at ? { set: { oral_at: form.at } } : {};
  return { ...oral, form: { kind, at: form.at.toString(), place, woman_officer, audio_video }, note: form.by };
};

export const medical: Deed<'medical'> = async (a, file, form) => {
  const declined_at = form.declined ? (form.declined_at ?? a.now) : undefined;
  if (form.declined_at && !form.declined) refuse('choose-one', 'declined');
  const { sent_at, examined_at, report_at, consented_at } = form;
  const times = { sent_at, examined_at, report_at, declined_at, consented_at };
  const given = Object.entries(times).flatMap(([name, at]) => (at ? [[name, at] as const] : []));
  if (given.length === 0) refuse('give-the-time', 'sent_at');
  for (const [name, at] of given) refuseFault(faultOfInstant(at, name, told(a, file)));
  if (declined_at) {
    if (examined_at || consented_at) refuse('declined-or-examined', 'declined');
    // who does not know what she declines has declined nothing: BNSS 184(1), (7) ask for her consent
    if (form.informed !== true) refuse('tell-her-first', 'informed');
  }
  if (consented_at) await afterDeclining(a, file, consented_at);
  const moments: Told[] = [
    // whoever was examined was sent
    ...toldOf('sent-to-doctor', sent_at ?? examined_at),
    ...toldOf('examination-declined', declined_at),
    ...toldOf('consent-withdrawn', declined_at),
    ...toldOf('examination-consented', consented_at),
    ...toldOf('examined', examined_at),
    ...toldOf('medical-report-received', report_at),
  ];
  for (const one of moments.sort((x, y) => Temporal.Instant.compare(x.at, y.at))) await moment(a, file, one);
  const said = Object.fromEntries(given.map(([name, at]) => [name, at.toString()]));
  return { form: declined_at ? { ...said, about: 'declined', informed: true } : said };
};
const toldOf = (moment: Told['moment'], at: Temporal.Instant | undefined): Told[] => (at ? [{ moment, at }] : []);

// a later consent begins hours of its own, and takes back nothing that has ended; without a "no" before it, being sent says it all
async function afterDeclining(a: Act, file: store.File, consented_at: Temporal.Instant): Promise<void> {
  const before = medicalEvents(await store.stepsOf(a, file.id)).findLast(
    ({ at }) => Temporal.Instant.compare(at, consented_at) <= 0,
  );
  if (before?.what !== 'declined') refuse('nothing-declined', 'consented_at');
}

export const tellChildWelfare: Deed<'tell-child-welfare'> = async (a, file, { at }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  await moment(a, file, { moment: 'child-welfare-told', at });
  return { form: { at: at.toString() } };
};

export const tellProgress: Deed<'tell-progress'> = async (a, file, { at }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  await moment(a, file, { moment: 'progress-told', at });
  return { form: { at: at.toString() } };
};

export const explain: Deed<'explain-delay'> = async (a, file, { kind, from, text }) => {
  const since = from ?? istDay(a.now);
  await explainDelay(a, file.id, { kind, from: since, text });
  return { form: { kind, from: since.toString() } };
};

/** Seized or searched, on audio-video (BNSS 105). A search without a warrant starts the time for its record (185(5)). */
export const seizure: Deed<'seizure'> = async (a, file, form) => {
  refuseFault(faultOfInstant(form.at, 'at', told(a, file)));
  const { at, audio_video = null, search = null, forensic = null } = form;
  if (search) await moment(a, file, { moment: 'searched', at });
  return { form: { at: at.toString(), audio_video, search, forensic }, note: `${form.what} · ${form.place}` };
};

export const testIdentification: Deed<'test-identification'> = async (a, file, { at, accused, result, before }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  return { form: { at: at.toString(), accused, result }, note: before };
};

/** A mistake is put right by a new entry that points to the old one; the old one stays as it was written. */
export const correct: Deed<'correct'> = async (a, file, { entry, of_step, text }) => {
  if ((entry === undefined) === (of_step === undefined)) refuse('choose-an-entry', 'entry');
  const there =
    entry === undefined
      ? (await store.stepsOf(a, file.id)).some(({ id }) => id === of_step)
      : (await store.diaryOf(a, file.id)).some(({ number }) => number === entry);
  if (!there) refuse('no-such-entry', entry === undefined ? 'of_step' : 'entry');
  return { form: entry === undefined ? { of_step } : { entry }, note: text };
};
