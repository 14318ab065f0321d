// The three cookies of the house. None outlives the browser, none can be read by a script.
import type { Cookies } from '@sveltejs/kit';

/** Her session; an officer's session; the language. Names say nothing about what this is. */
export const HERS = '__Host-s';
export const STAFF = '__Host-p';
export const LANGUAGE = '__Host-l';

const session = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

export const setHers = (cookies: Cookies, token: string): void => cookies.set(HERS, token, session);
export const dropHers = (cookies: Cookies): void => cookies.delete(HERS, session);
export const setStaff = (cookies: Cookies, token: string): void =>
  cookies.set(STAFF, token, { ...session, sameSite: 'strict' });
export const dropStaff = (cookies: Cookies): void => cookies.delete(STAFF, { ...session, sameSite: 'strict' });
export const setLanguage = (cookies: Cookies, lang: 'hi' | 'en'): void => cookies.set(LANGUAGE, lang, session);
