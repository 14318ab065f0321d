// For the few forms whose answer must not be asked for again by an address: a number to dial, a complaint number to say. Like
// form-action.ts, but the page itself answers. Sending it twice is harmless: these verbs give the same answer again.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { type Act, act, Refusal } from '#foundation';
import { askWhoSitsThere, type FieldError, fieldErrors, type Refused } from '../form-action.ts';
import { formOf, toObject, typed } from '../form-fields.ts';
import { statusOf } from '../refusal-status.ts';

/**
 * @param schema what may come in
 * @param deed the ledger's name for it
 * @param verb what is done, in one act as the signed-in officer; what it returns is what the page shows
 * @param faults what is wrong with an answer that is a no, and was returned because its act has to stand
 */
export function answerAction<S extends z.ZodType, R extends object>(
  schema: S,
  deed: string,
  verb: (a: Act, form: z.output<S>) => Promise<R>,
  faults: (answer: R) => FieldError[] = () => [],
) {
  return async ({ locals, request, url }: RequestEvent) => {
    const { staff, request_id } = locals;
    if (!staff) redirect(303, '/signin');
    const data = await formOf(request);
    const parsed = schema.safeParse(toObject(data));
    const no = (status: number, errors: Refused['errors'], refused: string | null) =>
      fail(status, { errors, refused, values: typed(data), answer: null });
    if (!parsed.success) return no(422, fieldErrors(parsed.error), null);
    try {
      const answer = await act(staff, deed, (a) => verb(a, parsed.data), { request_id });
      const errors = faults(answer);
      if (errors[0]) return fail(statusOf(errors[0].code), { errors, refused: null, values: typed(data), answer });
      return { errors: [] as Refused['errors'], refused: null, values: {} as Refused['values'], answer };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      askWhoSitsThere(error, { url }, data);
      const { code, about } = error;
      return about ? no(statusOf(code), [{ path: about, code }], null) : no(statusOf(code), [], code);
    }
  };
}
