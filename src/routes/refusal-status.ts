// Which HTTP status a refusal has. One table for pages and API.

const STATUS: Record<string, number> = {
  'signed-out': 401,
  'not-your-power': 403,
  'women-only': 403,
  'not-found': 404,
  'too-large': 413,
  'too-many': 429,
  'not-ready': 503,
};
// no fault of the form: the matter stands differently than the caller thinks
const CONFLICT =
  /^(already-|wrong-state|wrong-order|not-your-claim|not-on-your-desk|not-callable-now|no-call-open|someone-was-faster|post-vacant|key-used-differently|acting-only)/;

/** The status of a refusal by its code: 401, 403, 404, 409, 413, 422, 429 or 503. */
export const statusOf = (code: string): number => STATUS[code] ?? (CONFLICT.test(code) ? 409 : 422);
