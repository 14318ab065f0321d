// What an officer records as it happens, and what a court orders: the moments that no other step brings with it.
import { type Act, refuse } from '#foundation';
import { isOfOneAccused, planRule, type RecordedMoment } from '#law';
import type { Done } from './deeds.ts';
import type { FormOf } from './forms.ts';
import { type Fault, faultOfInstant } from './guards.ts';
import { factsForLaw, moment } from './moments.ts';
import type * as store from './store.ts';

/** Only an officer not below a Deputy Superintendent permits an enquiry (BNSS 173(3)) or answers for a refusal (173(4)). */
const BY_A_SUPERIOR: readonly RecordedMoment[] = ['enquiry-permitted', 'superior-directed'];
const AT_THE_STATION = ['help-desk', 'io', 'sho'];

function faultOf(form: FormOf<'record-event'>, kind: string, file: store.File): Fault | undefined {
  if (isOfOneAccused(form.event) && form.accused === undefined) return { code: 'say-which-accused', about: 'accused' };
  if (BY_A_SUPERIOR.includes(form.event) && AT_THE_STATION.includes(kind))
    return { code: 'needs-a-superior', about: 'event' };
  if (form.event !== 'enquiry-permitted') return undefined;
  const lawful = planRule('preliminary_enquiry', { moment: form.event, at: form.at }, factsForLaw(file));
  return lawful ? undefined : { code: 'no-enquiry-here', about: 'event' };
}

const refuseFault = (fault: Fault | undefined): void => {
  if (fault) refuse(fault.code, fault.about);
};

/**
 * An event of the case: starts and stops the clocks that hang on it.
 * @throws Refusal `say-which-accused`, `needs-a-superior`, `no-enquiry-here`, and the faults of its instant
 */
export async function recordEvent(a: Act, file: store.File, form: FormOf<'record-event'>): Promise<Done> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  refuseFault(faultOfInstant(form.at, 'at', { submitted_at: file.submitted_at, now: a.now }));
  refuseFault(faultOf(form, a.actor.post_kind, file));
  const accused = isOfOneAccused(form.event) ? (form.accused ?? null) : null;
  await moment(a, file, { moment: form.event, at: form.at, accused });
  return { form: { event: form.event, at: form.at.toString(), accused }, ...(form.note ? { note: form.note } : {}) };
}

/** An order of a court: recorded and shown beside the dates, and no date moves. Leave for further investigation starts its clock. */
export async function courtOrder(a: Act, file: store.File, form: FormOf<'court-order'>): Promise<Done> {
  const { kind, court, at, text } = form;
  refuseFault(faultOfInstant(at, 'at', { submitted_at: file.submitted_at, now: a.now }));
  if (kind === 'further-investigation') await moment(a, file, { moment: 'further-permitted', at });
  return { form: { kind, at: at.toString() }, note: text ? `${court} · ${text}` : court };
}
