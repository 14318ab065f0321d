// What a form sends, as the object its schema expects: `sections.0.act` becomes { sections: [{ act }] }, `modes[]` a list.
import { error } from '@sveltejs/kit';

type Tree = { [key: string]: Tree | string | string[] | File };

const INDEX = /^\d{1,3}$/;
const SAFE = /^[A-Za-z0-9_]{1,60}$/;
/** Deeper is no form of ours; without an end it would be deeper than anything that reads it. */
const MOST_DEPTH = 8;

/**
 * The form that was sent. Every page asks here, so that no body of another kind makes a fault of ours.
 * @throws 400 `not-understood` for what is no form, or one that was cut off
 */
export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    if (cause instanceof TypeError) error(400, { message: 'not-understood' });
    throw cause;
  }
}

/** The object that a page's script has sent; whatever else came is an empty one. */
export async function objectOf(request: Request): Promise<Record<string, unknown>> {
  const sent: unknown = await request.json().catch(() => undefined);
  return typeof sent === 'object' && sent !== null ? (sent as Record<string, unknown>) : {};
}

/** Turns form data into a nested object. Empty texts are left out; names that are no plain words are ignored (never `__proto__`). */
export function toObject(data: FormData): Record<string, unknown> {
  const root: Tree = Object.create(null);
  for (const name of new Set(data.keys())) {
    const list = name.endsWith('[]');
    const path = (list ? name.slice(0, -2) : name).split('.');
    const last = path.pop();
    if (
      !last ||
      path.length >= MOST_DEPTH ||
      ![...path, last].every((part) => SAFE.test(part)) ||
      [...path, last].some((p) => p === '__proto__' || p === 'constructor')
    )
      continue;
    const values = data.getAll(name).filter((v): v is string => typeof v === 'string' && v.trim() !== '');
    if (!list && values.length === 0) continue;
    let at = root;
    for (const part of path) {
      const next = at[part];
      if (typeof next === 'object' && !Array.isArray(next) && !(next instanceof File)) at = next;
      else at = at[part] = Object.create(null) as Tree;
    }
    at[last] = list ? values : (values.at(-1) ?? '');
  }
  return lists(root) as Record<string, unknown>;
}

function lists(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const keys = Object.keys(node);
  const inner = (key: string) => lists((node as Record<string, unknown>)[key]);
  if (keys.length && keys.every((key) => INDEX.test(key))) return keys.sort((a, b) => Number(a) - Number(b)).map(inner);
  return Object.fromEntries(keys.map((key) => [key, inner(key)]));
}

/** The texts as they were typed, to be shown again beside their errors. */
export const typed = (data: FormData): Record<string, string | string[]> =>
  Object.fromEntries(
    [...new Set(data.keys())].map((name) => [
      name,
      name.endsWith('[]') ? data.getAll(name).map(String) : String(data.getAll(name).at(-1) ?? ''),
    ]),
  );
