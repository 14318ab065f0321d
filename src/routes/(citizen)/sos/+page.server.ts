// The alarm of whoever needs help now: works as a form without any script, and better with one.
import { fail, redirect, type Cookies } from '@sveltejs/kit';
import type { z } from 'zod';
import { type Actor, house, read, Refusal } from '#foundation';
import { listUnits } from '#posts';
import {
  agreesToSound,
  agreeToSound,
  alertForm,
  cancel,
  cancelForm,
  complain,
  complainForm,
  confirm,
  confirmForm,
  type HerAlert,
  myLatest,
  raise,
  register,
  registerForm,
  safeForm,
  say,
} from '#sos';
import { reason, words } from '#words';
import { ALARM, agreedToSound, dropAlarm, setAlarm, setSound } from '../../cookies.ts';
import { formOf, toObject } from '../../form-fields.ts';
import { inTime } from '../../in-time.ts';
import { statusOf } from '../../refusal-status.ts';
import { inWords, phoneOf } from './her-alarm.ts';
import type { Actions, PageServerLoad } from './$types';

const NAME = 'its-name';
const NAMES = ['notes', 'list', 'weather', 'water'] as const;
type Name = (typeof NAMES)[number];
const nameOf = (cookies: Cookies): Name | null => NAMES.find((name) => name === cookies.get(NAME)) ?? null;

let districts: Promise<{ path: string; hi: string; en: string }[]> | undefined;
const allDistricts = () => {
  districts ??= read(house(), 'posts.list-units', async (r) =>
    (await listUnits(r, { levels: ['district', 'commissionerate'], under: 'in.up' })).map((unit) => ({
      path: unit.path,
      hi: unit.name_hi,
      en: unit.name_en,
    })),
  ).catch((fault: unknown) => {
    districts = undefined;
    throw fault;
  });
  return districts;
};

const isOver = ({ state }: HerAlert): boolean => ['closed', 'cancelled'].includes(state);
/** How it stands with the alarm of this phone. */
async function look(cookies: Cookies) {
  const phone = await phoneOf(cookies);
  const last = await myLatest(phone);
  return {
    // what is over and was looked at makes room for the next
    found: last && isOver(last) && cookies.get('its-seen') === last.alert ? undefined : last,
    // a phone that is registered is known beyond the one alarm
    known: phone?.kind === 'citizen' && phone.subject !== null && phone.subject !== last?.alert,
    sound: await agreesToSound(phone),
    now: await read(house(), 'sos.show', async (r) => r.now),
    districts: await allDistricts(),
  };
}

export const load: PageServerLoad = async ({ locals, cookies }) => {
  const { lang } = locals;
  // the page comes whatever is stuck behind it: help can be called from it, and 112 stands on it
  const stands = await inTime(look(cookies)).catch(() => undefined);
  const found = stands?.found;
  // help can be called again from every page on which nobody is on the way: after an alarm, and while one is only practised
  const presses = !found || isOver(found) || found.drill;
  const w = words(lang).sos.her;
  return {
    quiet: true,
    // a phone with a key may have an alarm that is on its way
    stuck: stands ? null : cookies.get(ALARM) ? w.stuck : reason(lang, 'call-112'),
    alert: stands && found ? inWords(lang, found, stands.now) : null,
    known: stands?.known ?? false,
    presses,
    // two presses of the button without a script are one alarm; a script draws its own
    form_id: presses ? crypto.randomUUID() : '',
    districts: presses ? (stands?.districts ?? []).map((unit) => ({ path: unit.path, name: unit[lang] })) : [],
    sound: stands?.sound ?? agreedToSound(cookies),
    name: nameOf(cookies),
    names: NAMES.map((id) => ({ id, name: w.names[id] })),
    sms: process.env.ITSSO_SMS_NUMBER ?? null,
  };
};

// what she typed stays: her number, beside it what she wrote, and which code is waited for; and an alarm whose answer was late is the same one when
// it is sent again
const keptOf = (values: Record<string, unknown>) => {
  const typed = Object.fromEntries(
    ['mobile', 'home', 'emergency_contact', 'form_id', 'place_text', 'district', 'silent'].map((name) => [
      name,
      String(values[name] ?? ''),
    ]),
  );
  return { mobile: String(values.mobile ?? ''), asked: String(values.asked ?? ''), typed };
};

type Event = Parameters<Actions[string]>[0];
/** One form of this page: parsed, done, and back to the page. */
async function form<S extends z.ZodType>(
  { request, locals }: Event,
  schema: S,
  what: string,
  work: (form: z.output<S>) => Promise<Record<string, unknown> | undefined>,
  shape: (values: Record<string, unknown>) => Record<string, unknown> = (values) => values,
) {
  const values = toObject(await formOf(request)) as Record<string, unknown>;
  const parsed = schema.safeParse(shape(values));
  const say = (code: string) => reason(locals.lang, code);
  if (!parsed.success) {
    const problem = parsed.error.issues[0];
    return fail(422, {
      what,
      path: String(problem?.path[0] ?? ''),
      problem: say(problem?.message ?? 'not-understood'),
      ...keptOf(values),
    });
  }
  try {
    const done = await work(parsed.data);
    if (done) return { what, ...done };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return fail(statusOf(thrown.code), {
      what,
      path: thrown.about ?? '',
      problem: say(thrown.code),
      ...keptOf(values),
    });
  }
  redirect(303, '/sos');
}

/** Does something with the alarm of this phone, where it has one. */
async function withHers<T>(
  cookies: Cookies,
  work: (phone: Actor | null, alert: string) => Promise<T>,
): Promise<T | undefined> {
  const phone = await phoneOf(cookies);
  const found = await myLatest(phone);
  return found && work(phone, found.alert);
}

export const actions: Actions = {
  raise: async (event) =>
    form(
      event,
      alertForm,
      'raise',
      async (sent) => {
        const raised = await inTime(
          phoneOf(event.cookies).then((phone) =>
            raise(phone, sent, { way: 'form', request_id: event.locals.request_id }),
          ),
        );
        if (raised.token) setAlarm(event.cookies, raised.token, 2);
        return undefined;
      },
      ({ place_text, district, silent, drill, form_id }) => ({
        place_text,
        district,
        form_id,
        silent: silent === 'yes',
        drill: drill === 'yes',
      }),
    ),
  say: async (event) =>
    form(event, safeForm, 'say', async (sent) => {
      await inTime(withHers(event.cookies, (phone, alert) => say(phone, alert, sent)));
      return undefined;
    }),
  cancel: async (event) =>
    form(event, cancelForm, 'cancel', async ({ pin }) => {
      await inTime(withHers(event.cookies, (phone, alert) => cancel(phone, alert, pin)));
      return undefined;
    }),
  register: async (event) =>
    form(event, registerForm, 'register', async (sent) => {
      const { asked } = await register(sent);
      return { mobile: sent.mobile, asked };
    }),
  confirm: async (event) =>
    form(event, confirmForm, 'register', async (sent) => {
      const { device_token } = await confirm(sent, await phoneOf(event.cookies));
      setAlarm(event.cookies, device_token, 730);
      // what this phone has kept so far, her registration keeps from now on
      if (agreedToSound(event.cookies)) await agreeToSound(await phoneOf(event.cookies), true);
      setSound(event.cookies, false);
      return undefined;
    }),
  complain: async (event) =>
    form(
      event,
      complainForm,
      'complain',
      async (sent) => {
        const filed = await withHers(event.cookies, (phone, alert) => complain(phone, alert, sent));
        return filed && { receipt: filed.receipt, phrase: filed.caller_phrase };
      },
      ({ age, mobile, agreed }) => ({ age: Number(age), mobile, agreed: agreed === 'yes' }),
    ),
  name: async ({ request, cookies }) => {
    const asked = String((await formOf(request)).get('name'));
    if (NAMES.some((name) => name === asked))
      cookies.set(NAME, asked, { path: '/sos', maxAge: 730 * 86_400, sameSite: 'lax' });
    redirect(303, '/sos');
  },
  sound: async ({ request, cookies }) => {
    const agrees = (await formOf(request)).get('sound') === 'on';
    const registered = await agreeToSound(await phoneOf(cookies), agrees);
    setSound(cookies, agrees && !registered);
    redirect(303, '/sos');
  },
  again: async ({ cookies }) => {
    const phone = await phoneOf(cookies);
    const found = await myLatest(phone);
    // the key of one alarm has done its work; a registered phone stays what it is
    if (phone?.kind === 'citizen' && phone.subject === found?.alert) dropAlarm(cookies);
    cookies.set('its-seen', found?.alert ?? '', { path: '/sos', maxAge: 86_400, sameSite: 'lax', httpOnly: true });
    redirect(303, '/sos');
  },
};
