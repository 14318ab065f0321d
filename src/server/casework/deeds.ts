// What each step does to a file beside being written down: which columns, which clocks, which desk. One short function a step.
import { type Act, refuse } from '#foundation';
import { chainsOf, explainDelay, quietClocks, wakeClocks } from '#deadlines';
import { istDay } from '#law';
import { findPost, type Post, postsOf, superiorOf } from '#posts';
import { sealNarrative } from '#sealed-identity';
import { type FormOf, SIGN_PLACES, type StepForm, SUMMON_REASONS } from './forms.ts';
import { canonicalSections } from './cited.ts';
import { type Fault, faultOfFir, faultOfForwarding, faultOfInstant } from './guards.ts';
import { STEPS, type State, type StepName } from './powers.ts';
import { type Approver, approversOf, nextApprover, whyNotThere } from './rules.ts';
import { courtOrder, recordEvent } from './events.ts';
import { moment } from './moments.ts';
import * as store from './store.ts';
import { faultOfCode } from './which-code.ts';

/** What follows from a step. The desk changes last, when everything else is written. */
export type Done = {
  to?: State;
  set?: store.Change;
  /** codes, dates and numbers for the step's row */
  form?: Record<string, unknown>;
  /** words, sealed under the case's own key */
  note?: string;
  desk?: { post: string; reason: string };
};
type Deed<S extends StepName> = (a: Act, file: store.File, form: FormOf<S>) => Promise<Done>;

const refuseFault = (fault: Fault | undefined): void => {
  if (fault) refuse(fault.code, fault.about);
};
const told = (a: Act, file: store.File) => ({ submitted_at: file.submitted_at, now: a.now });
const holder = (a: Act) => (a.actor.kind === 'officer' ? a.actor : refuse('not-your-power'));

const receive: Deed<'receive'> = async (a, file) => {
  const entry = (await entered(a, file)) ?? refuse('not-at-a-station');
  await moment(a, file, { moment: 'received-at-station', at: a.now });
  return { set: { ...entry, received_at: a.now }, form: { ...entry } };
};

// The next line of the register of the station where the file lies; only a station keeps one.
async function entered(a: Act, file: store.File) {
  const desk = await findPost(a, file.desk_post);
  if (desk?.level !== 'station' || desk.unit === file.station) return undefined;
  const register_year = istDay(a.now).year;
  const register_serial = await store.nextSerial(a, desk.unit, register_year);
  return { station: desk.unit, station_path: desk.path, register_year, register_serial };
}

async function target(a: Act, step: 'assign' | 'move', file: store.File, to_post: string): Promise<Post> {
  const to = (await findPost(a, to_post)) ?? refuse('no-such-post', 'to_post');
  const facts = { post: to.id, kind: to.kind, unit: to.path, closed: to.closed_on !== null };
  const actor = holder(a);
  const why = whyNotThere(step, { post: file.desk_post }, facts, { kind: actor.post_kind, unit: actor.unit });
  return why ? refuse(why, 'to_post') : to;
}

const assign: Deed<'assign'> = async (a, file, { to_post, note }) => {
  const to = await target(a, 'assign', file, to_post);
  return { form: { to_post }, ...(note ? { note } : {}), desk: { post: to.id, reason: 'assigned' } };
};

// The clocks of the file are not touched: moving it never restarts them. law.md
const move: Deed<'move'> = async (a, file, { to_post, reason }) => {
  const to = await target(a, 'move', file, to_post);
  return { form: { to_post }, note: reason, desk: { post: to.id, reason: 'moved' } };
};

const sign: Deed<'sign'> = async (a, file, { signed_at, place }) => {
  refuseFault(faultOfInstant(signed_at, 'signed_at', told(a, file)));
  await moment(a, file, { moment: 'signed', at: signed_at });
  const sign_place = SIGN_PLACES.find((known) => known === place) ?? 'other';
  const form = { signed_at: signed_at.toString(), place: sign_place };
  return { set: { signed_at, sign_place }, form, ...(sign_place === place ? {} : { note: place }) };
};

const registerFir: Deed<'register-fir'> = async (a, file, form) => {
  refuseFault(faultOfFir(form, told(a, file)) ?? faultOfCode(form, file.happened));
  const { fir_number, year, recorded_at, offence_on, code } = form;
  const sections = canonicalSections(form.sections);
  // the two months run from the day the information was recorded, not from today and not from the assignment: BNSS 193(2). What was told
  // orally and reduced to writing is on record without the signature on the electronic one: BNSS 173(1)(i)
  await moment(
    a,
    { ...file, sections, offence_on: offence_on ?? file.offence_on },
    { moment: 'information-recorded', at: recorded_at },
  );
  await whatWasDoneBefore(a, file);
  // moved to another station since it was received: the FIR stands in that station's register, and so does the file
  const entry = (await entered(a, file)) ?? {};
  return {
    set: { ...entry, fir_number, fir_year: year, recorded_at, offence_on: offence_on ?? null, sections },
    form: {
      ...entry,
      fir_number,
      year,
      recorded_at: recorded_at.toString(),
      offence_on: offence_on?.toString() ?? null,
      sections,
      ...(code ? { code } : {}),
    },
  };
};

// The FIR names the offence, and only then is it known which duties there were. What was done before it counts.
async function whatWasDoneBefore(a: Act, file: store.File): Promise<void> {
  for (const { step, form } of await store.stepsOf(a, file.id)) {
    if (step === 'medical' && typeof form.sent_at === 'string')
      await moment(a, file, { moment: 'sent-to-doctor', at: Temporal.Instant.from(form.sent_at) });
    if (step === 'statement' && form.kind === 'magistrate')
      await moment(a, file, { moment: 'magistrate-statement', at: Temporal.Instant.from(String(form.at)) });
  }
}

const refuseRegistration: Deed<'refuse-registration'> = async (a, file, { reason }) => {
  // nothing was signed or recorded, so nothing is met: the clocks stay as they are and raise no more; only her way to the superior runs
  await quietClocks(a, file.id);
  await moment(a, file, { moment: 'refused', at: a.now });
  return { note: reason };
};

const diary: Deed<'diary'> = async (a, file, { text }) => {
  const { post, officer } = holder(a);
  const number = await store.nextEntry(a, file.id);
  const sealed_text = await sealNarrative(a, file.id, `diary:${number}`, text);
  await store.addEntry(a, { file: file.id, number, at: a.now, post, officer, sealed_text });
  return { form: { number } };
};

const statement: Deed<'statement'> = async (a, file, form) => {
  refuseFault(faultOfInstant(form.at, 'at', told(a, file)));
  const { kind, woman_officer = null, audio_video = null } = form;
  if (kind === 'magistrate') await moment(a, file, { moment: 'magistrate-statement', at: form.at });
  const oral = kind === 'oral-information' && !file.oral_at ? { set: { oral_at: form.at } } : {};
  return { ...oral, form: { kind, at: form.at.toString(), woman_officer, audio_video }, note: form.by };
};

const medical: Deed<'medical'> = async (a, file, form) => {
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

const summon: Deed<'summon'> = async (a, _file, { why, at, place }) => {
  if (Temporal.PlainDate.compare(istDay(at), istDay(a.now)) < 0) refuse('not-in-the-past', 'at');
  const listed = SUMMON_REASONS.find((known) => known === why);
  return { form: { why: listed ?? 'other', at: at.toString() }, note: listed ? place : `${why} · ${place}` };
};

const tellChildWelfare: Deed<'tell-child-welfare'> = async (a, file, { at }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  await moment(a, file, { moment: 'child-welfare-told', at });
  return { form: { at: at.toString() } };
};

const tellProgress: Deed<'tell-progress'> = async (a, file, { at }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  await moment(a, file, { moment: 'progress-told', at });
  return { form: { at: at.toString() } };
};

const explain: Deed<'explain-delay'> = async (a, file, { kind, from, text }) => {
  const since = from ?? istDay(a.now);
  await explainDelay(a, file.id, { kind, from: since, text });
  return { form: { kind, from: since.toString() } };
};

const direct: Deed<'direct'> = async (_a, _file, { text }) => ({ note: text });

const submitReport: Deed<'submit-report'> = async (a, file, { kind, reason, documents }) => {
  if (kind === 'final-report' && !reason) refuse('say-why', 'reason');
  const report_reason = kind === 'final-report' ? (reason ?? null) : null;
  const above = (await superiorOf(a, file.desk_post)) ?? refuse('no-superior');
  return {
    set: {
      report_kind: kind,
      report_reason,
      report_submitted_at: a.now,
      sho_approved_at: null,
      acp_approved_at: null,
      dcp_approved_at: null,
      // of a case opened again the court has an earlier report, not this one; that it was sent stays in the history
      forwarded_at: null,
      court: null,
    },
    form: { kind, reason: report_reason, documents: documents ?? [], from_post: file.desk_post },
    desk: { post: above.id, reason: 'report-submitted' },
  };
};

// SHO, then ACP, for a finding of "false" the DCP too; approved by the last, the report lies with the SHO, who forwards it.
const approveReport: Deed<'approve-report'> = async (a, file) => {
  const needed = approversOf(file.report_reason);
  const approved_by = needed.filter((by) => file[`${by}_approved_at`] !== null);
  const by = nextApprover({ report_reason: file.report_reason, approved_by }) ?? refuse('already-done');
  const next = needed[approved_by.length + 1];
  const sho = await shoOf(a, file);
  const post = next ? await approverAbove(a, sho?.id ?? file.desk_post, next) : sho?.id;
  return {
    to: next ? 'report-submitted' : 'report-approved',
    set: { [`${by}_approved_at`]: a.now },
    form: { as: by },
    ...(post && post !== file.desk_post ? { desk: { post, reason: 'report-approved' } } : {}),
  };
};

async function shoOf(a: Act, file: store.File): Promise<Post | undefined> {
  return file.station_path ? (await postsOf(a, file.station_path, 'sho'))[0] : undefined;
}

// where no such post stands above the station, the SHO's superior approves
async function approverAbove(a: Act, sho: string, kind: Approver): Promise<string | undefined> {
  const above = ((await chainsOf(a, [sho])).get(sho) ?? []).slice(1);
  return (above.find((link) => link.kind === kind) ?? above[0])?.post;
}

const returnReport: Deed<'return-report'> = async (a, file, { reason }) => {
  const submitted = (await store.stepsOf(a, file.id)).findLast(({ step }) => step === 'submit-report');
  const io = await openPost(a, String(submitted?.form.from_post ?? refuse('wrong-state')));
  return {
    set: { report_submitted_at: null, sho_approved_at: null, acp_approved_at: null, dcp_approved_at: null },
    note: reason,
    ...(io === file.desk_post ? {} : { desk: { post: io, reason: 'report-returned' } }),
  };
};

// A post that has been closed meanwhile takes nothing back: its work comes up to the next post above it, as of a vacant one.
async function openPost(a: Act, id: string): Promise<string> {
  let post = await findPost(a, id);
  while (post?.closed_on) post = await superiorOf(a, post.id);
  return post?.id ?? refuse('no-superior');
}

const forwardReport: Deed<'forward-report'> = async (a, file, { court, at }) => {
  const approved_at = file.dcp_approved_at ?? file.acp_approved_at ?? refuse('needs-approvals');
  refuseFault(faultOfForwarding(at, { approved_at, now: a.now }));
  await moment(a, file, { moment: 'report-forwarded', at });
  if (file.report_kind === 'charge-sheet') await moment(a, file, { moment: 'charge-sheet-filed', at });
  return { set: { court, forwarded_at: at }, form: { court, at: at.toString() } };
};

const close: Deed<'close'> = async (a, file, { outcome }) => {
  await quietClocks(a, file.id);
  return { set: { closed_at: a.now, outcome }, form: { outcome } };
};

const reopen: Deed<'reopen'> = async (a, file, { reason }) => {
  await wakeClocks(a, file.id);
  const to: State = file.recorded_at ? 'investigating' : file.signed_at ? 'signed' : 'received';
  return { to, set: { closed_at: null, outcome: null }, note: reason };
};

const DEEDS: { [S in StepName]: Deed<S> } = {
  receive,
  assign,
  move,
  sign,
  'register-fir': registerFir,
  'refuse-registration': refuseRegistration,
  diary,
  statement,
  medical,
  summon,
  'tell-child-welfare': tellChildWelfare,
  'tell-progress': tellProgress,
  'explain-delay': explain,
  'record-event': recordEvent,
  'court-order': courtOrder,
  direct,
  'submit-report': submitReport,
  'approve-report': approveReport,
  'return-report': returnReport,
  'forward-report': forwardReport,
  close,
  reopen,
};

/** Does what a step does, and says what follows: the state (the table's where the deed names none), columns, words, desk. */
export async function deed(a: Act, file: store.File, form: StepForm): Promise<Done & { to: State }> {
  const done = await (DEEDS[form.step] as Deed<StepName>)(a, file, form as FormOf<StepName>);
  const planned = STEPS[form.step].to;
  const to =
    done.to ?? (planned === 'same' || planned === 'approved' || planned === 'where-it-was' ? file.state : planned);
  return { ...done, to };
}
