// How what a page is drawn from would travel to the browser: what is marked as for the server alone does not.
import type { Transport } from '@sveltejs/kit/hooks';
import { isUnsent } from './routes/unsent.ts';

export const transport: Transport = {
  Unsent: { encode: (thing) => isUnsent(thing) && 1, decode: () => undefined },
};
