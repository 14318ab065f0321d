// A file added by a page's own form, without a script: on a screen of her form, or beside a message. What is typed there is kept first.
import type { RequestEvent } from '@sveltejs/kit';
import { faultOf, log, Refusal } from '#foundation';
import { formWithFile, type SentFile } from '../form-with-file.ts';
import { statusOf } from '../refusal-status.ts';
import { withSent, withSpoken } from './form-deeds.ts';
import { fileRefused, takeSent } from './her-files.ts';
import { keep } from './keep.ts';
import { type Outcome, typedBehind } from './outcomes.ts';
import { standing } from './state.ts';
import { sentAgain, unkept } from './unkept.ts';
import { readView } from './view-cookie.ts';

/**
 * Adds the file that was sent, and comes back to the page it was sent from.
 * @throws 400 `not-understood` for what is no form of ours
 */
export async function addFile(event: RequestEvent): Promise<Outcome> {
  const { locals } = event;
  const sent = await formWithFile(event);
  try {
    if (locals.unasked) throw locals.unasked;
    const stands = await standing(locals.citizen, locals.request_id);
    if (stands.for === 'draft') return await toForm(event, sent, stands.draft);
    if (stands.for === 'file' && readView(event.cookies).shown === stands.file) return await toMessage(event, sent);
    return {};
  } catch (fault) {
    if (!(fault instanceof Refusal)) return notKept(event, sent, fault);
    return {
      errors: [{ input: 'file', text: fileRefused(locals.lang, fault.code) }],
      typed: typedBehind(sent.fields),
      status: statusOf(fault.code),
    };
  } finally {
    sent.rest();
  }
}

// the house failed: what she typed on a screen is shown to her again, the file has to be chosen anew
function notKept(event: RequestEvent, { fields }: SentFile, fault: unknown): Outcome {
  const view = sentAgain(event, 'save', fields);
  if (!view) throw fault;
  log.error({ request: event.locals.request_id, ...faultOf(fault) }, 'not kept');
  unkept.set(event.request, view);
  return { errors: [], status: 503 };
}

async function toForm(
  event: RequestEvent,
  { fields, file }: SentFile,
  draft: Parameters<typeof withSent>[0],
): Promise<Outcome> {
  const { page, id } = withSent(draft, fields);
  const spoken = id === 'account';
  await keep(event, page, id);
  await takeSent(event, file, spoken ? { kind: 'audio', meant: 'account' } : { kind: undefined, meant: undefined });
  if (spoken) await keep(event, withSpoken(page, id), id);
  return {};
}

// a message is kept nowhere before it is sent: the page comes back with what was typed
async function toMessage(event: RequestEvent, { fields, file }: SentFile): Promise<Outcome> {
  await takeSent(event, file, { kind: undefined, meant: undefined });
  return { typed: typedBehind(fields) };
}
