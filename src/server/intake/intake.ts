// The door of intake: complaints as they arrive, each exactly once, drafts before them, and the ways back.
import { type Act, beginAgain, firstTime, newId, refuse } from '#foundation';
import { findUnit } from '#posts';
import { maskMobile, type SealedFields, sealNewCase } from '#sealed-identity';
import { bodyHash, newNumber, newSalt, receiptFrom, receiptLookup } from './codes.ts';
import type { ComplaintForm } from './forms.ts';
import { accountKind, canonical, childBy, districtOf, faultsAt } from './rules.ts';
import * as store from './store.ts';

export { hasCheckDigit } from './damm.ts';
export {
  closeShown,
  type Draft,
  discardDraft,
  draftOf,
  type DraftSeal,
  draftSeal,
  draftSent,
  draftWraps,
  resumeDraft,
  saveDraft,
  startDraft,
} from './draft.ts';
export { type Opened, orRefuse, type Refused } from './failures.ts';
export { type ComplaintForm, complaintForm, numberCodeForm, numberForm, receiptForm, resumeForm } from './forms.ts';
export { jobs, watch } from './jobs.ts';
export { districtOf, type Fault, faultsAt, inFours, type Period, periodOf } from './rules.ts';
export type { Complaint } from './store.ts';
export { openByNumber, openByReceipt, requestTrackCode } from './track.ts';
export * as vocabulary from './vocabulary.ts';

/** What arrived. `again`: the same form had arrived before, and this is its first receipt again. */
export type Recorded = {
  id: string;
  receipt: string;
  again: boolean;
  child: boolean;
  no_contact: boolean;
  district: string;
  mobile_masked: string;
  submitted_at: Temporal.Instant;
};

/** An Idempotency-Key and whose it is. Without a caller the key counts for its form alone: strangers may choose the same one. */
type Once = { idempotency_key?: string | undefined; caller?: string | undefined };

/**
 * Records a complaint and seals it, exactly once for a form_id or an Idempotency-Key, whatever is repeated, crashes or arrives at the
 * same moment. As the house, in the act that also opens the file.
 * @param form parsed by complaintForm
 * @param meanwhile what else is written of a new complaint: it goes out in one go with its seals
 * @throws Refusal `already-sent-differently` when the form_id, `key-used-differently` when the caller's key came with another body (no receipt then);
 *   `station-unknown`, `district-unknown`, and what faultsAt finds, each about its field
 */
export async function recordComplaint(
  h: Act,
  form: ComplaintForm,
  options: Once = {},
  meanwhile?: (made: Recorded) => Promise<unknown>,
): Promise<Recorded> {
  const body_hash = bodyHash(canonical(form));
  const [before, units] = await Promise.all([store.complaintByForm(h, form.form_id), unitsOf(h, form)]);
  if (before) return again(h, before, form, body_hash, options);

  const fault = faultsAt(form, h.now)[0];
  if (fault) refuse(fault.code, fault.path);
  mustBeKnown(form, units);
  const complaint = newRow(form, body_hash, { district: districtOf(form), submitted_at: h.now });
  const made = recorded(complaint, form, false);
  const [added] = await Promise.all([
    store.addComplaint(h, complaint),
    keepKey(h, options, body_hash, complaint),
    sealNewCase(h, complaint.id, sealedPartsOf(form)),
    meanwhile?.(made),
  ]);
  // the same form at the same moment, or somebody's receipt: what was written beside it goes with it
  if (!added) beginAgain();
  return made;
}

const unitsOf = (h: Act, form: ComplaintForm) =>
  Promise.all([findUnit(h, form.address_now.district), form.station === 'any' ? undefined : findUnit(h, form.station)]);
function mustBeKnown(form: ComplaintForm, [district, station]: Awaited<ReturnType<typeof unitsOf>>): void {
  if (!district || !['commissionerate', 'district'].includes(district.level))
    refuse('district-unknown', 'address_now.district');
  if (form.station !== 'any' && station?.level !== 'station') refuse('station-unknown', 'station');
}

/**
 * Takes over a complaint that was sent in another State: recorded as it was told there, sealed with keys of this house, with a receipt and a
 * number of its own. Her time is not restarted: the day of sending stays hers. As the house, in the act that also opens the file.
 * @param form as it was sent there; its `form_id` is the parcel’s
 * @param there `district`: of the station that goes on; `submitted_at`: when she sent it
 * @returns undefined where this parcel has brought it before
 */
export async function takeOver(
  h: Act,
  form: ComplaintForm,
  there: { district: string; submitted_at: Temporal.Instant },
): Promise<{ id: string; number: string; child: boolean } | undefined> {
  const complaint = newRow(form, bodyHash(canonical(form)), there);
  if (!(await store.addComplaint(h, complaint))) {
    if (await store.complaintByForm(h, form.form_id)) return undefined;
    beginAgain();
  }
  await sealNewCase(h, complaint.id, sealedPartsOf(form));
  return { id: complaint.id, number: await giveNumber(h, complaint.id), child: complaint.child };
}

type There = { district: string; submitted_at: Temporal.Instant };
function newRow(form: ComplaintForm, body_hash: Buffer, there: There): store.Complaint {
  const salt = newSalt();
  return {
    id: newId(),
    form_id: form.form_id,
    salt,
    receipt_lookup: receiptLookup(receiptFrom(salt)),
    number: null,
    language: form.language,
    channel: form.channel,
    station_choice: form.station,
    district: there.district,
    categories: form.happened,
    child: childBy(form, there.submitted_at),
    no_contact: form.safe_contact.modes.includes('no_contact'),
    phone_watched: form.phone_watched,
    mobile_shared: form.mobile_shared,
    danger_now: form.needs.danger_now,
    account_kind: accountKind(form.account),
    body_hash,
    notice_version: form.notice_version,
    submitted_at: there.submitted_at,
  };
}

async function again(
  h: Act,
  first: store.Complaint,
  form: ComplaintForm,
  body_hash: Buffer,
  options: Once,
): Promise<Recorded> {
  if (!first.body_hash.equals(body_hash)) refuse('already-sent-differently', 'form_id');
  await keepKey(h, options, body_hash, first);
  return recorded(first, form, true);
}

// the body names the form, so a key that came with the same body belongs to this complaint already
async function keepKey(
  h: Act,
  { idempotency_key: key, caller }: Once,
  body_hash: Buffer,
  of: store.Complaint,
): Promise<void> {
  const scope = `complaints of ${caller ?? `form ${of.form_id}`}`;
  if (key) await firstTime(h, { scope, key, body_hash }, of.id);
}

const recorded = (complaint: store.Complaint, form: ComplaintForm, isAgain: boolean): Recorded => ({
  id: complaint.id,
  receipt: receiptFrom(complaint.salt),
  again: isAgain,
  child: complaint.child,
  no_contact: complaint.no_contact,
  district: complaint.district,
  mobile_masked: maskMobile(form.mobile),
  submitted_at: complaint.submitted_at,
});

/** What she has told and given, as it was sent in: the other way round of what was sealed. For another State’s house, which reads it by its own form. */
export function formFrom(
  sealed: SealedFields,
  row: store.Complaint,
  as: {
    form_id: string;
    station: string;
    when: { from: string | null; to: string | null; precision: string };
    place_type: string;
  },
): unknown {
  const { reporter, ...her } = sealed.person ?? { reporter: { relation: 'other' } };
  const {
    languages = [],
    modes = [],
    windows = [],
    voicemail,
    code_word,
    decoy_subject,
    ...reach
  } = sealed.contact ?? {};
  const { access = [], ...needs } = sealed.needs ?? {};
  return {
    form_id: as.form_id,
    language: row.language,
    channel: row.channel,
    reporter,
    affected: { woman_or_girl: true, ...her },
    ...reach,
    safe_contact: { modes, windows, voicemail, code_word, decoy_subject },
    access: { languages, needs: access },
    address_now: sealed.address,
    station: as.station,
    happened: row.categories,
    when: {
      ...(as.when.from ? { from: as.when.from } : {}),
      ...(as.when.to ? { to: as.when.to } : {}),
      precision: as.when.precision,
      ...sealed.when,
    },
    where: { place_type: as.place_type, ...sealed.where },
    accused: sealed.accused ?? [],
    account: sealed.account,
    earlier: sealed.earlier,
    evidence: sealed.evidence ?? [],
    needs,
    agreed: true,
    notice_version: row.notice_version,
  };
}

function sealedPartsOf(form: ComplaintForm): SealedFields {
  const { woman_or_girl: _declared, ...her } = form.affected;
  const { place_type: _kind, ...place } = form.where;
  return {
    person: { ...her, reporter: form.reporter },
    contact: {
      mobile: form.mobile,
      mobile_shared: form.mobile_shared,
      phone_watched: form.phone_watched,
      email: form.email,
      ...form.safe_contact,
      languages: form.access.languages,
    },
    address: form.address_now,
    accused: form.accused,
    account: form.account,
    where: place,
    ...(form.when.note === undefined ? {} : { when: { note: form.when.note } }),
    ...(form.earlier === undefined ? {} : { earlier: form.earlier }),
    evidence: form.evidence,
    needs: { access: form.access.needs, ...form.needs },
  };
}

/**
 * The complaint number, drawn once: asking again gives the same one. As the house, in the act that confirms the call.
 * @param id the complaint
 * @returns 12 digits, the last a Damm check digit
 * @throws Refusal `not-found`
 */
export async function giveNumber(h: Act, id: string): Promise<string> {
  for (;;) {
    const given = await store.setNumber(h, id, newNumber());
    if (given?.number) return given.number;
    const complaint = await store.complaintById(h, id);
    if (!complaint) refuse('not-found');
    if (complaint.number) return complaint.number;
  }
}

/** A complaint's unsealed row; undefined if there is none. As the house. */
export const findComplaint = (h: Act, id: string): Promise<store.Complaint | undefined> => store.complaintById(h, id);

/** The complaint that a receipt belongs to; undefined where it belongs to none. As the house. */
export const findByReceipt = (h: Act, receipt: string): Promise<store.Complaint | undefined> =>
  store.complaintByReceipt(h, receiptLookup(receipt));
