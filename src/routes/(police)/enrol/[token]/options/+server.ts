// POST /enrol/{token}/options: what the browser needs to make a passkey, as long as the link is good.
import { error, json, type RequestHandler } from '@sveltejs/kit';
import { Refusal } from '#foundation';
import { enrolOptions } from '#signin';
import { statusOf } from '../../../../refusal-status.ts';

export const POST: RequestHandler = async ({ params }) => {
  try {
    return json(await enrolOptions(params.token ?? ''));
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    error(statusOf(refused.code), { message: refused.code });
  }
};
