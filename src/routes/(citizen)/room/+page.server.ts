// The room, at an address that says nothing: hers, or opened by a code that she gave to somebody. No id, no name, no file.
import { fail, redirect } from '@sveltejs/kit';
import { act, nobody, read } from '#foundation';
import { codeForm, enterByCode, guestRoom } from '#hearing';
import { reason } from '#words';
import { clockTime, fullTime } from '../../../words/format.ts';
import { setPass } from '../../cookies.ts';
import { formOf } from '../../form-fields.ts';
import { statusOf } from '../../refusal-status.ts';
import type { Actions, PageServerLoad } from './$types';
import { hersHere, passHere } from './who.ts';

export const load: PageServerLoad = async (event) => {
  const { lang, request_id } = event.locals;
  const hers = await hersHere(event);
  if (hers && hers.one.kind !== 'phone' && hers.one.starts_at && hers.one.opens_at) {
    const { kind, starts_at, opens_at, why_not_join, consent } = hers.one;
    return {
      room: {
        role: 'her' as const,
        kind: kind === 'video' ? ('video' as const) : ('audio' as const),
        at: fullTime(lang, starts_at),
        from: why_not_join === null ? null : clockTime(opens_at),
        consent: consent ?? false,
      },
    };
  }
  const pass = await passHere(event);
  if (!pass) return { room: null };
  const { role, kind, starts_at } = await read(nobody, 'hearing.guest-room', (r) => guestRoom(r, pass), { request_id });
  return {
    room: {
      role,
      kind: kind === 'video' ? ('video' as const) : ('audio' as const),
      at: starts_at ? fullTime(lang, starts_at) : '',
      from: null,
      consent: false,
    },
  };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const { lang, request_id } = locals;
    const sent = await formOf(request);
    const typed = String(sent.get('code') ?? '').slice(0, 40);
    const no = (code: string, status: number) =>
      fail(status, { errors: [{ input: 'code', text: reason(lang, code) }], typed });
    const form = codeForm.safeParse({ code: typed });
    if (!form.success) return no('join-code-shape', 422);
    const entered = await act(nobody, 'hearing.enter', (a) => enterByCode(a, form.data.code), { request_id });
    if ('refused' in entered) return no(entered.refused, statusOf(entered.refused));
    setPass(cookies, entered.pass);
    redirect(303, '/room');
  },
};
