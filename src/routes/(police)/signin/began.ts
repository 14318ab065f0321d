// What every way in ends with: the cookie of the shift, and the page it leads to.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Entered } from '#signin';
import { setStaff } from '../../cookies.ts';
import { statusOf } from '../../refusal-status.ts';
import { homeOf, pageToReturnTo } from '../signed-in.ts';

/** The page that was asked for before anybody had signed in: one of ours, or none. */
export const wanted = (url: URL): string | null => pageToReturnTo(url.searchParams.get('to')) ?? null;

/** Begins the shift in this browser. @throws a redirect to the page asked for, or to where the post's work begins */
export function began({ cookies }: Pick<RequestEvent, 'cookies'>, shift: Entered, to: string | null): never {
  setStaff(cookies, shift.token);
  redirect(303, pageToReturnTo(to) ?? homeOf(shift.post_kind));
}

/** A no, as the sign-in pages show it. */
export const nobodyCameIn = (code: string, status = statusOf(code)) => fail(status, { refused: code, choice: null });
