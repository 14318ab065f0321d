// What each step does to a file beside being written down: which columns, which clocks, which desk. One short function a step, by phase.
import { type Act, refuse } from '#foundation';
import { findPost, type Post } from '#posts';
import { arrest, describeAccused, release, remand } from './accused.ts';
import { courtDate, courtOrder, furtherInvestigation, outcome } from './court-steps.ts';
import { type Deed, type Done, holder } from './deed.ts';
import { recordEvent } from './events.ts';
import type { FormOf, StepForm } from './forms.ts';
import * as inquiry from './inquiry.ts';
import { STEPS, type State, type StepName } from './powers.ts';
import { linkFir, receive, refuseRegistration, registerFir, sign, upholdRefusal } from './registration.ts';
import { approveReport, close, forwardReport, reopen, returnReport, submitReport } from './report.ts';
import { whyNotThere } from './rules.ts';
import type * as store from './store.ts';
import { summon, summonResult } from './summons.ts';
import { comply, direct, inspect } from './supervision.ts';
import { acceptTransfer, returnTransfer, sendOn, zeroFir } from './transfers-between-stations.ts';

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

const DEEDS: { [S in StepName]: Deed<S> } = {
  receive,
  sign,
  'register-fir': registerFir,
  'zero-fir': zeroFir,
  'accept-transfer': acceptTransfer,
  'return-transfer': returnTransfer,
  'send-on': sendOn,
  'link-fir': linkFir,
  'refuse-registration': refuseRegistration,
  'uphold-refusal': upholdRefusal,
  diary: inquiry.diary,
  correct: inquiry.correct,
  statement: inquiry.statement,
  medical: inquiry.medical,
  summon,
  'summon-result': summonResult,
  'tell-child-welfare': inquiry.tellChildWelfare,
  'tell-progress': inquiry.tellProgress,
  seizure: inquiry.seizure,
  'test-identification': inquiry.testIdentification,
  'explain-delay': inquiry.explain,
  'record-event': recordEvent,
  'describe-accused': describeAccused,
  arrest,
  remand,
  release,
  'submit-report': submitReport,
  'approve-report': approveReport,
  'return-report': returnReport,
  'forward-report': forwardReport,
  'court-date': courtDate,
  'court-order': courtOrder,
  'further-investigation': furtherInvestigation,
  outcome,
  close,
  reopen,
  assign,
  move,
  direct,
  comply,
  inspect,
};

/** Does what a step does, and says what follows: the state (the table's where the deed names none), columns, words, desk. */
export async function deed(a: Act, file: store.File, form: StepForm): Promise<Done & { to: State }> {
  const done = await (DEEDS[form.step] as Deed<StepName>)(a, file, form as FormOf<StepName>);
  const planned = STEPS[form.step].to;
  const to =
    done.to ?? (planned === 'same' || planned === 'approved' || planned === 'where-it-was' ? file.state : planned);
  return { ...done, to };
}
