// What an officer records as it happens: the moments that no other step brings with it.
import { planRule, type RecordedMoment } from '#law';
import { type Deed, holder, refuseFault, told } from './deed.ts';
import type { FormOf } from './forms.ts';
import { type Fault, faultOfInstant } from './guards.ts';
import { factsForLaw, moment } from './moments.ts';
import type * as store from './store.ts';

/** Only an officer not below a Deputy Superintendent permits an enquiry (BNSS 173(3)). */
const BY_A_SUPERIOR: readonly RecordedMoment[] = ['enquiry-permitted'];
const AT_THE_STATION = ['help-desk', 'io', 'sho'];

function faultOf(form: FormOf<'record-event'>, kind: string, file: store.File): Fault | undefined {
  if (BY_A_SUPERIOR.includes(form.event) && AT_THE_STATION.includes(kind))
    return { code: 'needs-a-superior', about: 'event' };
  if (form.event !== 'enquiry-permitted') return undefined;
  const lawful = planRule('preliminary_enquiry', { moment: form.event, at: form.at }, factsForLaw(file));
  return lawful ? undefined : { code: 'no-enquiry-here', about: 'event' };
}

/**
 * An event of the case: starts and stops the clocks that hang on it.
 * @throws Refusal `needs-a-superior`, `no-enquiry-here`, and the faults of its instant
 */
export const recordEvent: Deed<'record-event'> = async (a, file, form) => {
  refuseFault(faultOfInstant(form.at, 'at', told(a, file)));
  refuseFault(faultOf(form, holder(a).post_kind, file));
  await moment(a, file, { moment: form.event, at: form.at });
  return { form: { event: form.event, at: form.at.toString() }, ...(form.note ? { note: form.note } : {}) };
};
