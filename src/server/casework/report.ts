// Steps of the report: submitted, approved twice, sent to court; the end of a case, and taking it up again.
import { type Act, asHouse, refuse } from '#foundation';
import { chainsOf, quietClocks, wakeClocks } from '#deadlines';
import { sendSms } from '#notify';
import { findPost, superiorOf } from '#posts';
import { type Deed, onRecordAt, refuseFault, shoOf } from './deed.ts';
import { faultOfForwarding } from './guards.ts';
import { moment } from './moments.ts';
import type { State } from './powers.ts';
import { type Approver, approversOf, nextApprover } from './rules.ts';
import * as store from './store.ts';

export const submitReport: Deed<'submit-report'> = async (a, file, form) => {
  const { kind, reason, documents } = form;
  if (kind === 'final-report' && !reason) refuse('say-why', 'reason');
  const sheet = kind === 'charge-sheet' ? await sheetOf(a, file, form.sheet) : null;
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
    form: {
      kind,
      sheet,
      reason: report_reason,
      documents: documents ?? [],
      exhibits: [...new Set(form.exhibits)].sort((one, two) => one - two),
      from_post: file.desk_post,
    },
    desk: { post: above.id, reason: 'report-submitted' },
  };
};

// A second charge sheet in a case supplements the first (IIF-V, line 7); without a first there is nothing to supplement.
async function sheetOf(a: Act, file: store.File, said: 'original' | 'supplementary' | undefined) {
  const is = (await chargeSheeted(a, file)) ? 'supplementary' : 'original';
  if (said && said !== is) refuse(is === 'original' ? 'no-first-charge-sheet' : 'supplementary-now', 'sheet');
  return is;
}

const chargeSheeted = async (a: Act, file: store.File): Promise<boolean> =>
  (await store.stepsOf(a, file.id)).some(({ step, form }) => step === 'forward-report' && form.kind === 'charge-sheet');

// SHO, then ACP, for a finding of "false" the DCP too; approved by the last, the report lies with the SHO, who forwards it.
export const approveReport: Deed<'approve-report'> = async (a, file) => {
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

// where no such post stands above the station, the SHO's superior approves
async function approverAbove(a: Act, sho: string, kind: Approver): Promise<string | undefined> {
  const above = ((await chainsOf(a, [sho])).get(sho) ?? []).slice(1);
  return (above.find((link) => link.kind === kind) ?? above[0])?.post;
}

export const returnReport: Deed<'return-report'> = async (a, file, { reason }) => {
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

export const forwardReport: Deed<'forward-report'> = async (a, file, { court, at }) => {
  const approved_at = file.dcp_approved_at ?? file.acp_approved_at ?? refuse('needs-approvals');
  refuseFault(faultOfForwarding(at, { approved_at, now: a.now }));
  await moment(a, file, { moment: 'report-forwarded', at });
  const kind = file.report_kind;
  // the trial runs from the first charge sheet: a supplementary one starts it no second time
  if (kind === 'charge-sheet' && !(await chargeSheeted(a, file)))
    await moment(a, file, { moment: 'charge-sheet-filed', at });
  // that there is something to read; what, she reads behind her gate
  const language = file.language === 'en' ? 'en' : 'hi';
  const sms = { subject: file.id, purpose: 'report', template: 'update', language, params: {} } as const;
  await asHouse(a, (h) => sendSms(h, sms));
  return { set: { court, forwarded_at: at }, form: { court, at: at.toString(), kind } };
};

export const close: Deed<'close'> = async (a, file, { outcome }) => {
  await quietClocks(a, file.id);
  return { set: { closed_at: a.now, outcome }, form: { outcome } };
};

/**
 * Taken up again: from the end or from a refusal by a superior's word; while the report lies in court only on a protest petition or by the
 * court's order. Refused before, it goes back to the officer in charge, who has been told to record it (BNSS 173(4)).
 */
export const reopen: Deed<'reopen'> = async (a, file, { kind, reason }) => {
  if (file.state === 'forwarded' && kind !== 'protest-petition' && kind !== 'court-order')
    refuse('court-first', 'kind');
  const to: State = onRecordAt(file) ? 'investigating' : file.signed_at ? 'signed' : 'received';
  const done = { to, set: { closed_at: null, outcome: null, refusal_upheld_at: null }, form: { kind }, note: reason };
  if (file.state === 'refused') await moment(a, file, { moment: 'superior-directed', at: a.now });
  await wakeClocks(a, file.id);
  const sho = file.state === 'refused' ? await shoOf(a, file) : undefined;
  return sho && sho.id !== file.desk_post ? { ...done, desk: { post: sho.id, reason: 'reopened' } } : done;
};
