// Steps of the inquiry: what is written, taken down, examined, searched and told; nothing of it is ever edited.
import { refuse } from '#foundation';
import { explainDelay } from '#deadlines';
import { istDay } from '#law';
import { sealNarrative } from '#sealed-identity';
import { type Deed, holder, refuseFault, told } from './deed.ts';
import { SUMMON_REASONS } from './form-codes.ts';
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
  const times = { sent_at: form.sent_at, examined_at: form.examined_at, report_at: form.report_at };
  const given = Object.entries(times).flatMap(([name, at]) => (at ? [[name, at] as const] : []));
  if (given.length === 0) refuse('give-the-time', 'sent_at');
  for (const [name, at] of given) refuseFault(faultOfInstant(at, name, told(a, file)));
  // whoever was examined was sent
  const sent = form.sent_at ?? form.examined_at;
  if (sent) await moment(a, file, { moment: 'sent-to-doctor', at: sent });
  if (form.examined_at) await moment(a, file, { moment: 'examined', at: form.examined_at });
  if (form.report_at) await moment(a, file, { moment: 'medical-report-received', at: form.report_at });
  return { form: Object.fromEntries(given.map(([name, at]) => [name, at.toString()])) };
};

export const summon: Deed<'summon'> = async (a, _file, { why, at, place }) => {
  if (Temporal.PlainDate.compare(istDay(at), istDay(a.now)) < 0) refuse('not-in-the-past', 'at');
  const listed = SUMMON_REASONS.find((known) => known === why);
  return { form: { why: listed ?? 'other', at: at.toString() }, note: listed ? place : `${why} · ${place}` };
};

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
