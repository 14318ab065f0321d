// What comes in through the API door: counted while it is read, decoded, and free of what no room could store.
import { Problem } from './problem.ts';

const LIMIT_BYTES = 256 * 1024;
const LIMIT_DEPTH = 32;
/** Of one list, and of everything together: nothing that is sent by hand or by a phone comes near. */
const LIMIT_LIST = 2000;
const LIMIT_VALUES = 20_000;
// would reach into every object if a careless merge ever met it
const NEVER_A_KEY = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads the body as JSON.
 * @param checked whether what no room could store is refused here; otherwise the caller asks `checkStorable`
 * @returns undefined when there is none
 * @throws Problem `too-large` (over 256 KB, however it is sent), `wrong-content-type`, `not-json`, `invalid`
 */
export async function readJson(request: Request, { checked = true } = {}): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new Problem('wrong-content-type');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('not-json');
  }
  if (checked) checkStorable(value);
  return value;
}

/**
 * Reads the body, counting.
 * @throws Problem `too-large`
 */
export async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT_BYTES) throw new Problem('too-large');
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      size += value?.length ?? 0;
      // the stream is left, not cancelled: cancelling would end the connection before the answer
      if (size > LIMIT_BYTES) throw new Problem('too-large');
      if (value) parts.push(value);
    }
  } catch (error) {
    // the server before us counts too, and says it in its own way
    if ((error as { status?: unknown }).status === 413) throw new Problem('too-large');
    throw error;
  }
  return Buffer.concat(parts);
}

/**
 * PostgreSQL can store neither the character NUL nor half a surrogate pair; both are refused here, with their place. So are keys
 * that are no data, nesting that no form has, and lists longer than any form's.
 */
export function checkStorable(root: unknown): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  let values = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path, depth } = at;
    if (++values > LIMIT_VALUES) throw new Problem('invalid', [{ path: '', code: 'too-many-items' }]);
    if (typeof value === 'string') {
      if (!isStorable(value)) throw new Problem('invalid', [{ path, code: 'not-storable' }]);
    } else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value) && value.length > LIMIT_LIST)
        throw new Problem('invalid', [{ path, code: 'too-many-items' }]);
      if (depth >= LIMIT_DEPTH) throw new Problem('invalid', [{ path, code: 'not-understood' }]);
      for (const [key, inner] of Object.entries(value)) {
        const place = path ? `${path}.${key}` : key;
        if (NEVER_A_KEY.has(key) || !isStorable(key)) throw new Problem('invalid', [{ path, code: 'not-understood' }]);
        open.push({ value: inner, path: place, depth: depth + 1 });
      }
    }
  }
}

/** Whether PostgreSQL can hold this text. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
