// Steps in court: orders, days, leave to go on, and what the court has done, each with the clocks that hang on it.
import { refuse } from '#foundation';
import { isOfOneAccused, istDay, type Moment } from '#law';
import { type Deed, refuseFault, told } from './deed.ts';
import type { FormOf } from './forms.ts';
import { faultOfInstant } from './guards.ts';
import { moment } from './moments.ts';

/** An order of a court: recorded and shown beside the dates, and no date moves. */
export const courtOrder: Deed<'court-order'> = async (a, file, { kind, court, at, text }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  return { form: { kind, at: at.toString() }, note: text ? `${court} · ${text}` : court };
};

/** Leave to investigate further starts ninety days; done, they are met. BNSS 193(9) */
export const furtherInvestigation: Deed<'further-investigation'> = async (a, file, form) => {
  const { permitted_at, done_at, court } = form;
  const first = permitted_at ?? done_at ?? refuse('give-the-time', 'permitted_at');
  const order = told(a, file);
  if (permitted_at) refuseFault(faultOfInstant(permitted_at, 'permitted_at', order));
  if (done_at) refuseFault(faultOfInstant(done_at, 'done_at', { submitted_at: first, now: order.now }));
  if (done_at) refuseFault(faultOfInstant(done_at, 'done_at', order));
  if (permitted_at) await moment(a, file, { moment: 'further-permitted', at: permitted_at });
  if (done_at) await moment(a, file, { moment: 'further-done', at: done_at });
  const at = (instant: Temporal.Instant | undefined) => instant?.toString() ?? null;
  return { form: { permitted_at: at(permitted_at), done_at: at(done_at) }, ...(court ? { note: court } : {}) };
};

/** A day in court, to come or past. */
export const courtDate: Deed<'court-date'> = async (a, file, form) => {
  const { on, court, what } = form;
  if (Temporal.PlainDate.compare(on, istDay(told(a, file).submitted_at)) < 0) refuse('before-the-complaint', 'on');
  return { form: { on: on.toString(), for: form.for }, note: what ? `${court} · ${what}` : court };
};

/** What happened in court and starts or stops a clock; the rest is recorded and drives none. */
const MOMENT_OF: Partial<Record<FormOf<'outcome'>['kind'], Moment>> = {
  cognizance: 'cognizance',
  'accused-appeared': 'accused-appeared',
  'copies-supplied': 'copies-supplied',
  'child-evidence-recorded': 'child-evidence-recorded',
  judgment: 'judgment',
  'appeal-filed': 'appeal-filed',
  'appeal-decided': 'appeal-decided',
};
const WITH_RESULT = ['judgment', 'appeal-decided'];

/** What the court has done. */
export const outcome: Deed<'outcome'> = async (a, file, form) => {
  const { kind, at, court, accused, result, text } = form;
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  const what = MOMENT_OF[kind];
  const ofOne = what !== undefined && isOfOneAccused(what);
  if (ofOne && accused === undefined) refuse('say-which-accused', 'accused');
  if (WITH_RESULT.includes(kind) && result === undefined) refuse('choose-one', 'result');
  if (what) await moment(a, file, { moment: what, at, accused: ofOne ? accused : null });
  const words = [court, text].filter(Boolean).join(' · ');
  return {
    form: { kind, at: at.toString(), accused: accused ?? null, result: result ?? null },
    ...(words ? { note: words } : {}),
  };
};
