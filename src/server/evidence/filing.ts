// A complaint with what she sent in beforehand: her voice instead of a text, pictures, papers. One act: all of it or nothing.
import { type Filed, fileComplaint } from '#casework';
import type { Act } from '#foundation';
import type { ComplaintForm } from '#intake';
import { eraseUntaken, takeUpload } from './held.ts';

/**
 * Files a complaint and attaches the uploads it names, each as an exhibit from her; what she had sent in and does not name is erased.
 * The same form again gives the same answer again and attaches nothing twice.
 * @param form parsed by complaintForm of #intake
 * @throws Refusal as #casework `fileComplaint`; `upload-unknown` about `account` or `evidence` for an upload that is not of this session's
 *   unsent form, not whole, or taken already
 */
export const fileWithUploads = (
  a: Act,
  form: ComplaintForm,
  options: { idempotency_key?: string | undefined } = {},
): Promise<Filed> => fileComplaint(a, form, { ...options, attach: () => attach(a, form) });

async function attach(a: Act, { account, evidence }: ComplaintForm): Promise<void> {
  const told = 'upload' in account ? account.upload : undefined;
  if (told) await takeUpload(a, told, 'account');
  for (const id of new Set(evidence)) if (id !== told) await takeUpload(a, id, 'evidence');
  // nobody without a session has sent anything in beforehand
  if (a.actor.kind !== 'citizen' || a.actor.secret) await eraseUntaken(a);
}
