// What the doors do, with or without a session: begin, look, come back, leave. Safe to press twice.
import type { RequestEvent } from '@sveltejs/kit';
import { codeToShow, resendCode } from '#callback';
import { act, asHouse, Refusal } from '#foundation';
import {
  closeShown,
  numberCodeForm,
  numberForm,
  type Opened,
  openByNumber,
  openByReceipt,
  type Refused,
  receiptForm,
  requestTrackCode,
  resumeDraft,
  resumeForm,
  startDraft,
} from '#intake';
import { endMySession } from '#posts';
import { reason, words } from '#words';
import { dropHers, setHers, setLanguage } from '../cookies.ts';
import { digitsOf } from './answers.ts';
import { mobileOf, mobileProblem } from './checks.ts';
import { type ErrorLine, type Outcome, typedAtDoor } from './outcomes.ts';
import { standing } from './state.ts';
import type { Kept } from './view-cookie.ts';

/** A press at a door: the button's rest (“receipt” of door-receipt), the form as sent, what the sealed cookie holds. */
export type Press = { event: RequestEvent; sent: FormData; rest: string; kept: Kept };
type Deed = (press: Press) => Promise<Outcome>;

const asked = ({ locals }: RequestEvent) => ({ request_id: locals.request_id });
const from = (event: RequestEvent) => ({ origin: event.getClientAddress() });
const typed = (sent: FormData, name: string): string => {
  const value = sent.get(name);
  return typeof value === 'string' ? value : '';
};

const start: Deed = async ({ event }) => {
  const { locals, cookies } = event;
  // an open draft, or a second press while the first is on its way: go on with it
  if ((await standing(locals.citizen, locals.request_id)).for === 'draft') return { view: null };
  const { token } = await act(
    locals.citizen,
    'intake.start-draft',
    (a) => startDraft(a, { language: locals.lang }),
    asked(event),
  );
  setHers(cookies, token);
  return { view: null };
};

const door: Deed = async ({ rest }) => ({
  view: rest === 'receipt' || rest === 'number' || rest === 'resume' ? { door: rest } : null,
});

const openReceipt: Deed = async ({ event, sent }) => {
  const wrong = wrongDigits(event, sent, { receipt: 16 });
  if (wrong.length) return { errors: wrong, typed: typedAtDoor(sent) };
  const form = receiptForm.parse({ receipt: digitsOf(typed(sent, 'receipt')) });
  const opened = await act(
    event.locals.citizen,
    'intake.open-by-receipt',
    (a) => openByReceipt(a, form, from(event)),
    asked(event),
  );
  return entered(event, sent, opened, 'receipt', 'receipt-not-found');
};

const askCode: Deed = async ({ event, sent }) => {
  const { lang, citizen } = event.locals;
  const wrong = wrongDigits(event, sent, { number: 12 });
  const mobile = mobileProblem(lang, typed(sent, 'mobile'));
  if (mobile) wrong.push({ input: 'mobile', text: mobile });
  if (wrong.length) return { errors: wrong, typed: typedAtDoor(sent) };
  const form = numberForm.parse({
    number: digitsOf(typed(sent, 'number')),
    mobile: `+91${mobileOf(typed(sent, 'mobile'))}`,
  });
  await act(citizen, 'intake.request-track-code', (a) => requestTrackCode(a, form), asked(event));
  return { view: { door: 'code', ...form } };
};

const openNumber: Deed = async ({ event, sent, kept }) => {
  if (!kept.number || !kept.mobile) return { view: { door: 'number' } };
  const wrong = wrongDigits(event, sent, { code: 6 });
  if (wrong.length) return { errors: wrong, typed: typedAtDoor(sent) };
  const form = numberCodeForm.parse({ number: kept.number, mobile: kept.mobile, code: digitsOf(typed(sent, 'code')) });
  const opened = await act(event.locals.citizen, 'intake.open-by-number', (a) => openByNumber(a, form), asked(event));
  return entered(event, sent, opened, 'code', 'track-code-wrong');
};

const resume: Deed = async ({ event, sent }) => {
  const wrong = wrongDigits(event, sent, { resume: 12 });
  if (wrong.length) return { errors: wrong, typed: typedAtDoor(sent) };
  const form = resumeForm.parse({ resume: digitsOf(typed(sent, 'resume')) });
  const opened = await act(
    event.locals.citizen,
    'intake.resume-draft',
    (a) => resumeDraft(a, form, from(event)),
    asked(event),
  );
  return entered(event, sent, opened, 'resume', 'draft-not-found');
};

const show: Deed = async ({ event }) => {
  const stands = await standing(event.locals.citizen, event.locals.request_id);
  return stands.for === 'file' ? { view: { shown: stands.file } } : {};
};

/** She wants no contact: the code for the help desk is shown to her instead of being sent. */
const seeCode: Deed = async ({ event, kept }) => {
  const { citizen } = event.locals;
  const file = citizen.subject;
  if (!file || kept.shown !== file) return {};
  const code = await act(citizen, 'callback.show-code', (a) => asHouse(a, (h) => codeToShow(h, file)), asked(event));
  return code ? { view: { shown: file, code } } : {};
};

const resend: Deed = async ({ event, kept }) => {
  const { citizen, lang } = event.locals;
  const file = citizen.subject;
  if (!file || kept.shown !== file) return {};
  try {
    await act(citizen, 'callback.resend-code', (a) => asHouse(a, (h) => resendCode(h, file)), asked(event));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { errors: [{ input: 'resend', text: reason(lang, error.code) }] };
  }
  return { view: { shown: file, told: 'code-sent' } };
};

const leave: Deed = async ({ event }) => {
  const { locals, cookies } = event;
  if (locals.citizen.secret) await act(locals.citizen, 'signin.leave', endMySession, asked(event));
  dropHers(cookies);
  return { view: null };
};

const wroteDown: Deed = async ({ event }) => {
  const { locals, cookies } = event;
  if (locals.citizen.secret) {
    const close = async (a: Parameters<typeof closeShown>[0]) => {
      await closeShown(a);
      await endMySession(a);
    };
    await act(locals.citizen, 'intake.close-receipt', close, asked(event));
  }
  dropHers(cookies);
  return { view: null };
};

const language: Deed = async ({ event, rest }) => {
  if (rest === 'hi' || rest === 'en') setLanguage(event.cookies, rest);
  return {};
};

/** The doors, by the button's name. */
export const DOOR_DEEDS: Readonly<Record<string, Deed>> = {
  start,
  door,
  home: async () => ({ view: null }),
  'open-receipt': openReceipt,
  'ask-code': askCode,
  'open-number': openNumber,
  resume,
  show,
  'see-code': seeCode,
  'resend-code': resend,
  leave,
  'wrote-down': wroteDown,
};
/** The language, where no form of hers is open. */
export const changeLanguage = language;

/** One line for each field that has not the digits it needs. */
function wrongDigits(
  { locals }: RequestEvent,
  sent: FormData,
  wanted: Partial<Record<'receipt' | 'number' | 'code' | 'resume', number>>,
): ErrorLine[] {
  const w = words(locals.lang);
  return (['receipt', 'number', 'code', 'resume'] as const).flatMap((input) => {
    const length = wanted[input];
    const have = digitsOf(typed(sent, input)).length;
    if (length === undefined || have === length) return [];
    return [{ input, text: have === 0 ? w.fields[input].missing : w.problems.digits(length, have) }];
  });
}

/** Opened: the session is hers now. Refused: one line, the same for every cause; a brake says how long. */
function entered(
  event: RequestEvent,
  sent: FormData,
  opened: Opened | Refused,
  input: string,
  otherwise: string,
): Outcome {
  if (!('refused' in opened)) {
    setHers(event.cookies, opened.token);
    return { view: null };
  }
  const tooMany = opened.refused === 'too-many';
  if (tooMany) event.setHeaders({ 'retry-after': String(opened.retry_after ?? 60) });
  const errors = [{ input, text: reason(event.locals.lang, tooMany ? 'too-many' : otherwise) }];
  return { errors, typed: typedAtDoor(sent), status: tooMany ? 429 : 422 };
}
