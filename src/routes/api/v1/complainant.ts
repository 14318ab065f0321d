// Her side of the API: filing, her codes, her tracking, her unsent form.
import { z } from 'zod';
import { type Act, type Actor, act, asHouse, nobody, read, refuse } from '#foundation';
import { resendCode } from '#callback';
import { lastCheckpoint } from '#audit';
import { track } from '#casework';
import { checkChannel, filedThrough } from '#clients';
import { fileWithUploads } from '#evidence';
import {
  complaintForm,
  draftOf,
  numberCodeForm,
  numberForm,
  type Opened,
  openByNumber,
  openByReceipt,
  orRefuse,
  receiptForm,
  requestTrackCode,
  resumeDraft,
  resumeForm,
  saveDraft,
  startDraft,
} from '#intake';
import { actorOf } from '#signin';
import { presentHers } from './correspondence.ts';
import { presentHerEnd } from './court.ts';
import { actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { presentHerHearings } from './hearings.ts';
import { presentTrack } from './present.ts';
import { Problem } from './problem.ts';
import * as shape from './shapes.ts';
import { iso, isoOrNull } from './time.ts';

/** Somebody without a session, as far as the room is concerned: a receipt and a code say who she is. */
const anonymously = <T>(call: Call, deed: string, work: Parameters<typeof act<T>>[2]): Promise<T> =>
  act(nobody, deed, work, { request_id: call.request_id });
const session = ({ token, expires_at }: Opened) => ({ token, expires_at: iso(expires_at) });
const origin = (call: Call) => ({ origin: call.address });

const trackForm = z.union([numberCodeForm, receiptForm]);
const language = z.enum(['hi', 'en'], { error: 'not-an-answer' });
const draftForm = z.object({ language: language.default('hi') }).meta({ id: 'DraftStart' });
const draftChange = z
  .object({
    values: z.record(z.string(), z.unknown(), { error: 'not-understood' }).default({}),
    screen: z.string('not-understood').max(60, 'too-long').optional(),
    language: language.optional(),
  })
  .meta({ id: 'DraftChange', description: 'Values are laid over those kept, key by key; null removes one' });
const draft = z
  .object({
    token: z.string(),
    expires_at: shape.opened.shape.expires_at.nullable(),
    resume: z.string().meta({ description: '12 digits with which it can be finished elsewhere, for 7 days' }),
    form_id: z.uuid(),
    language,
    screen: z.string(),
    values: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Draft' });

type Citizen = Extract<Actor, { kind: 'citizen' }>;

/** Her draft as this session sees it. */
async function draftAs(
  actor: Citizen,
  expires_at: Temporal.Instant | null,
  call: Call,
): Promise<z.input<typeof draft>> {
  const found = await read(actor, 'intake.read-draft', draftOf, { request_id: call.request_id });
  if (!found || found.filed || !actor.secret) refuse('not-found');
  const { form_id, resume, screen, values } = found;
  return {
    token: actor.secret,
    expires_at: isoOrNull(expires_at),
    resume,
    form_id,
    language: found.language,
    screen,
    values,
  };
}

async function citizenOf({ token }: Opened): Promise<Citizen> {
  const actor = await actorOf(token);
  return actor?.kind === 'citizen' ? actor : refuse('not-found');
}

/** The session of the draft that the resume code names: the caller's own if it is hers, else a fresh one. */
async function draftSession(call: Call): Promise<{ actor: Citizen; expires_at: Temporal.Instant | null }> {
  const asked = resumeForm.safeParse({ resume: call.params.resume });
  if (!asked.success) throw new Problem('not-found');
  const { resume } = asked.data;
  if (call.actor?.kind === 'citizen' && call.actor.secret) {
    const mine = await read(call.actor, 'intake.read-draft', draftOf, { request_id: call.request_id });
    if (mine && !mine.filed && mine.resume === resume) return { actor: call.actor, expires_at: null };
  }
  const opened = orRefuse(
    await anonymously(call, 'intake.resume-draft', (a) => resumeDraft(a, { resume }, origin(call))),
  );
  return { actor: await citizenOf(opened), expires_at: opened.expires_at };
}

export const complainant: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/complaints',
    who: 'anyone',
    summary: 'File a complaint: the eighteen points. The same Idempotency-Key or form_id gives the same receipt again.',
    status: 201,
    body: complaintForm,
    answer: shape.filed,
    refuses: [409],
    repeats: 'own',
    answers: async (call) => {
      // with the session of her draft, the draft ends here and the session stands for her file
      const filer = call.actor?.kind === 'citizen' ? call.actor : nobody;
      const options = { idempotency_key: call.once?.key };
      const { client, body } = call;
      checkChannel(body.channel, client);
      const { filed, client_ref } = await act(
        filer,
        'casework.send',
        async (a) => ({
          filed: await fileWithUploads(a, body, options),
          client_ref: client ? await filedThrough(a, client, body.form_id) : undefined,
        }),
        { request_id: call.request_id },
      );
      const { receipt, caller_phrase, mobile_masked, callback_by, sign_by } = filed;
      return {
        receipt,
        caller_phrase,
        mobile_masked,
        callback_by: iso(callback_by),
        sign_by: isoOrNull(sign_by),
        ...(client_ref === undefined ? {} : { client_ref }),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/complaints/code',
    who: 'complainant',
    summary: 'Send the call-verification code again, three times a day at most',
    status: 202,
    answer: shape.none,
    refuses: [404, 409, 422, 429],
    repeats: 'key',
    answers: async (call) => {
      const file = call.actor.subject ?? refuse('not-found');
      const resend = (a: Act) => asHouse(a, (h) => resendCode(h, file));
      await actsOnce(call, 'callback.resend-code', resend, async () => undefined);
      return {};
    },
  }),
  endpoint({
    method: 'POST',
    path: '/track/sessions',
    who: 'anyone',
    summary: 'Open her case with the receipt alone, or with number, mobile and the code that came by SMS',
    status: 201,
    body: trackForm,
    answer: shape.opened,
    refuses: [404, 429],
    answers: async (call) => {
      const { body } = call;
      const outcome = await anonymously(call, 'intake.open-tracking', (a) =>
        'receipt' in body ? openByReceipt(a, body, origin(call)) : openByNumber(a, body),
      );
      return session(orRefuse(outcome));
    },
  }),
  endpoint({
    method: 'POST',
    path: '/track/codes',
    who: 'anyone',
    summary: 'Ask for a code by SMS. The same answer in the same time, whatever exists.',
    status: 202,
    body: numberForm,
    answer: shape.none,
    answers: async (call) => {
      await anonymously(call, 'intake.ask-track-code', (a) => requestTrackCode(a, call.body));
      return {};
    },
  }),
  endpoint({
    method: 'GET',
    path: '/track',
    who: 'complainant',
    summary: 'Her case: where it lies and since when, what comes next, by when and why',
    status: 200,
    answer: shape.track,
    refuses: [404],
    answers: (call) =>
      reads(call, 'casework.track', async (r) => {
        const facts = await track(r);
        const { size, root, at } = await lastCheckpoint();
        return {
          ...presentTrack(facts, call.lang),
          proof: { size, root: root.toString('base64'), at: at.toString() },
          ...(await presentHers(r, facts, call.lang)),
          ...(await presentHerEnd(r, facts, call.lang)),
          hearings: await presentHerHearings(r, call.lang),
        };
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/drafts',
    who: 'anyone',
    summary: 'Begin a form on the server; kept sealed for seven days after it was last touched',
    status: 201,
    body: draftForm,
    bodiless: true,
    answer: draft,
    answers: async (call) => {
      const begun = await anonymously(call, 'intake.start-draft', (a) => startDraft(a, call.body));
      return draftAs(await citizenOf(begun), begun.expires_at, call);
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/drafts/{resume}',
    who: 'anyone',
    summary: 'Keep what has been typed so far; with an empty body, read it back',
    status: 200,
    body: draftChange,
    bodiless: true,
    answer: draft,
    refuses: [429],
    answers: async (call) => {
      const { actor, expires_at } = await draftSession(call);
      const { values, screen, language: chosen } = call.body;
      if (Object.keys(values).length > 0 || screen !== undefined || chosen !== undefined) {
        const before = await draftAs(actor, expires_at, call);
        const typed = { values, screen: screen ?? before.screen, ...(chosen ? { language: chosen } : {}) };
        await act(actor, 'intake.save-draft', (a) => saveDraft(a, typed), { request_id: call.request_id });
      }
      return draftAs(actor, expires_at, call);
    },
  }),
];
