// A page's form with a file in it: read as it arrives, because it may be longer than any other form.
import type { IncomingMessage } from 'node:http';
import { error, type RequestEvent } from '@sveltejs/kit';
import { NotAForm, readForm, type Sent } from './multipart.ts';

const FORM_LIMIT = 256 * 1024;

/** What was sent. `rest`: whoever answers before the file is read calls it, so that the browser hears the answer. */
export type SentFile = Sent & { rest: () => void };

/** Whether a form has a file in it. */
export const hasFile = (request: Request): boolean =>
  /^multipart\/form-data/i.test(request.headers.get('content-type') ?? '');

// What is longer than any other form may be, the framework does not begin to read: it is read here, from the connection itself. Left
// before its end, neither is torn down: the answer has to get through.
function bodyOf(event: RequestEvent): {
  source: AsyncIterable<Uint8Array>;
  length: number;
  node: IncomingMessage | undefined;
} {
  const length = Number(event.request.headers.get('content-length'));
  const node = (event.platform as { req?: IncomingMessage } | undefined)?.req;
  if (length > FORM_LIMIT && node) return { source: node.iterator({ destroyOnReturn: false }), length, node };
  const { body } = event.request;
  return { source: body ? body.values({ preventCancel: true }) : (async function* () {})(), length, node: undefined };
}

/**
 * Reads the fields of a form and stands before its file.
 * @throws 400 `not-understood` for what is no form, or one that was cut off
 */
export async function formWithFile(event: RequestEvent): Promise<SentFile> {
  const { source, length, node } = bodyOf(event);
  try {
    const sent = await readForm(source, event.request.headers.get('content-type') ?? '', length);
    return { ...sent, rest: () => void node?.resume() };
  } catch (fault) {
    if (fault instanceof NotAForm) error(400, { message: 'not-understood' });
    throw fault;
  }
}
