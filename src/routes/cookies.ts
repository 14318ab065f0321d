// The cookies of the house. None can be read by a script; none but those of an alarm outlives the browser.
import type { Cookies } from '@sveltejs/kit';

/** Her session; an officer's session; the language. Names say nothing about what this is. */
export const HERS = '__Host-s';
export const STAFF = '__Host-p';
export const LANGUAGE = '__Host-l';
/** Of somebody who sits in a room with her: what the code was changed for. */
export const PASS = '__Host-r';

const session = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

export const setHers = (cookies: Cookies, token: string): void => cookies.set(HERS, token, session);
export const dropHers = (cookies: Cookies): void => cookies.delete(HERS, session);
export const setStaff = (cookies: Cookies, token: string): void =>
  cookies.set(STAFF, token, { ...session, sameSite: 'strict' });
export const dropStaff = (cookies: Cookies): void => cookies.delete(STAFF, { ...session, sameSite: 'strict' });
export const setLanguage = (cookies: Cookies, lang: 'hi' | 'en'): void => cookies.set(LANGUAGE, lang, session);
export const setPass = (cookies: Cookies, pass: string): void =>
  cookies.set(PASS, pass, { ...session, sameSite: 'strict' });

/** The key of an alarm, or of a phone that is known to rapid response. It outlives the browser: it has to be there when it matters. */
export const ALARM = '__Host-k';
export const setAlarm = (cookies: Cookies, token: string, days: number): void =>
  cookies.set(ALARM, token, { ...session, maxAge: days * 86_400 });
/** A phone that is not registered keeps that sound goes with its alarm. Registered, her registration says it. */
const SOUND = '__Host-v';
const SOUND_DAYS = 730;
export const setSound = (cookies: Cookies, agrees: boolean): void =>
  agrees ? cookies.set(SOUND, 'yes', { ...session, maxAge: SOUND_DAYS * 86_400 }) : cookies.delete(SOUND, session);
export const agreedToSound = (cookies: Cookies): boolean => cookies.get(SOUND) === 'yes';
export const dropAlarm = (cookies: Cookies): void => cookies.delete(ALARM, session);

/** What is kept, sealed, while somebody is at the state's identity provider. Lax: coming back is a step from another site. */
export const JOURNEY = '__Host-o';
const JOURNEY_S = 600;
export const setJourney = (cookies: Cookies, sealed: string): void =>
  cookies.set(JOURNEY, sealed, { ...session, maxAge: JOURNEY_S });
export const dropJourney = (cookies: Cookies): void => cookies.delete(JOURNEY, session);
