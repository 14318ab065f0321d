// POST /signin/passkey/options: what the browser needs to ask for a passkey. A new challenge each time.
import { json, type RequestHandler } from '@sveltejs/kit';
import { entryOptions } from '#signin';

export const POST: RequestHandler = async () => json(await entryOptions());
