// Parse, act, refuse, redirect: once, for every officer's form. The only place that knows fail, redirect and Refusal together.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { type Act, act, Refusal } from '#foundation';
import { confirmHere } from './again-here.ts';
import { formOf, toObject, typed } from './form-fields.ts';
import { statusOf } from './refusal-status.ts';

export type FieldError = { path: string; code: string };
export type Refused = { errors: FieldError[]; refused: string | null; values: Record<string, string | string[]> };

/** The errors of a failed parse, as codes: each schema gives its code as the message. */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: /^[a-z][a-z0-9-]+$/.test(issue.message) ? issue.message : 'not-understood',
  }));

const MUCH = 30;
/** A form that says so asks in its own page who sits there, with everything that was typed. */
const ASKS_ITSELF = 'asks_itself';
/** Who sits there is asked on a page of its own, and leads back; unless much was typed, which that page would lose, or the form itself asks. */
export function askWhoSitsThere(refusal: Refusal, { url }: Pick<RequestEvent, 'url'>, data: FormData): void {
  if (refusal.code !== 'confirm-yourself' || data.has(ASKS_ITSELF)) return;
  const typedMuch = [...data.values()].some(
    (value) => typeof value === 'string' && value.length > MUCH && /\s/.test(value),
  );
  if (!typedMuch) redirect(303, `/again?to=${encodeURIComponent(url.pathname)}`);
}

/**
 * One form, one line: `default: formAction(moveForm, 'casework.move', (a, form, event) => …, () => '/desk')`.
 * @param schema what may come in
 * @param deed the ledger's name for it
 * @param verb what is done, in one act as the signed-in officer
 * @param next where to go afterwards
 */
export function formAction<S extends z.ZodType, R, E extends RequestEvent = RequestEvent>(
  schema: S,
  deed: string,
  verb: (a: Act, form: z.output<S>, event: E) => Promise<R>,
  next: (result: R, event: E) => string,
) {
  return async (event: E) => {
    const actor = event.locals.staff;
    if (!actor) redirect(303, '/signin');
    const data = await formOf(event.request);
    const stranger = await confirmHere(event, actor, data);
    if (stranger)
      return fail(statusOf(stranger), { errors: [], refused: stranger, values: typed(data) } satisfies Refused);
    const parsed = schema.safeParse(toObject(data));
    if (!parsed.success)
      return fail(422, { errors: fieldErrors(parsed.error), refused: null, values: typed(data) } satisfies Refused);
    let result: R;
    try {
      result = await act(actor, deed, (a) => verb(a, parsed.data, event), { request_id: event.locals.request_id });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      askWhoSitsThere(error, event, data);
      const errors = error.about ? [{ path: error.about, code: error.code }] : [];
      return fail(statusOf(error.code), {
        errors,
        refused: error.about ? null : error.code,
        values: typed(data),
      } satisfies Refused);
    }
    redirect(303, next(result, event));
  };
}
