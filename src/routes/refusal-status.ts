// Which HTTP status a refusal has. One table for pages and API.

const STATUS: Record<string, number> = {
  'not-json': 400,
  'key-not-printable': 400,
  'signed-out': 401,
  'session-over': 401,
  'not-your-power': 403,
  'women-only': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'upload-expired': 410,
  'too-large': 413,
  'file-too-large': 413,
  'wrong-content-type': 415,
  'not-this-type': 415,
  'no-such-part': 416,
  'too-many': 429,
  'too-many-look-ups': 429,
  unexpected: 500,
  'not-ready': 503,
  'no-room-left': 507,
};
// no fault of the form: the matter stands differently than the caller thinks
const CONFLICT = new RegExp(
  `^(${[
    'already-.*',
    'wrong-state',
    'wrong-order',
    'not-your-claim',
    'not-your-list',
    'not-his-post',
    'not-on-your-desk',
    'not-callable-now',
    'no-call-open',
    'no-contact',
    'someone-was-faster',
    'handed-over-meanwhile',
    'moved-meanwhile',
    'post-closed',
    'post-(is-)?vacant',
    'key-used-differently',
    'acting-only',
    'not-[a-z]+-yet',
    'needs-.*',
    'not-closed',
    'file-closed',
    'registration-refused',
    '(sho|acp|dcp)-approves-.*',
    'fir-number-taken',
  ].join('|')})$`,
);

/** The status of a refusal by its code: 400, 401, 403, 404, 405, 409, 410, 413, 415, 416, 422, 429, 500, 503 or 507. */
export const statusOf = (code: string): number => STATUS[code] ?? (CONFLICT.test(code) ? 409 : 422);
