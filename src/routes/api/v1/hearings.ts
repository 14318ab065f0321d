// Hearings over the API: times offered and chosen, the room with its relay, the recording that she agreed to, how it ended.
import { z } from 'zod';
import type { Act, Reading } from '#foundation';
import {
  askForOthers,
  bringSomebody,
  callHer,
  callOff,
  cancelForm,
  cancelHearing,
  chooseForm,
  chooseTime,
  consentForm,
  consentTo,
  guestForm,
  type HearingFacts,
  hearingsOf,
  type HerHearing,
  keepRecording,
  myHearings,
  offerForm,
  offerHearing,
  offerOtherTimes,
  othersForm,
  outcomeForm,
  timesForm,
  writeOutcome,
} from '#hearing';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import * as shape from './hearing-shapes.ts';
import { numberOf } from './officers.ts';
import { iso, isoOrNull } from './time.ts';

const codeIn = (form: Record<string, unknown>, name: string): string | null => {
  const value = form[name];
  return typeof value === 'string' ? value : null;
};
const howIn = (form: Record<string, unknown>) => shape.hearing.shape.kind.safeParse(form.how).data ?? null;

const presentHearing = (one: HearingFacts, lang: Lang): z.input<typeof shape.hearing> => ({
  id: one.id,
  kind: one.kind,
  about: one.about,
  text: one.text,
  post_name: one.post_name?.[lang] ?? null,
  woman_officer: one.woman,
  state: one.state,
  starts_at: isoOrNull(one.starts_at),
  opens_at: isoOrNull(one.opens_at),
  times: one.times.map(({ n, at }) => ({ n, at: iso(at) })),
  why_not_join: one.why_not_join,
  consent: one.consent,
  recordings: one.recordings.map(({ id, at, ended_at, exhibit }) => ({
    id,
    at: iso(at),
    ended_at: isoOrNull(ended_at),
    exhibit,
  })),
  events: one.events.map(({ what, at, post_name, form, words }) => ({
    what,
    at: iso(at),
    post_name: post_name?.[lang] ?? null,
    how: what === 'held' ? howIn(form) : null,
    minutes: typeof form.minutes === 'number' ? form.minutes : null,
    reason: codeIn(form, 'reason'),
    words,
  })),
});
const presentHers = (one: HerHearing, lang: Lang): z.input<typeof shape.herHearing> => ({
  ...presentHearing(one, lang),
  guests: one.guests,
});

/** Her hearings as her tracking answers them. */
export const presentHerHearings = async (r: Reading, lang: Lang) =>
  (await myHearings(r)).map((one) => presentHers(one, lang));
/** The hearings of a file as the file itself answers them. */
export const presentHearings = async (r: Reading, number: string, lang: Lang) =>
  (await hearingsOf(r, number)).map((one) => presentHearing(one, lang));

const hers = async (r: Reading, lang: Lang) => ({ items: await presentHerHearings(r, lang) });
const ofFile = async (r: Reading, number: string, lang: Lang) => ({ items: await presentHearings(r, number, lang) });

/** What she does to one of hers; answered with all of them. */
const herDeed =
  <B>(deed: string, work: (a: Act, id: string, body: B) => Promise<unknown>) =>
  (call: Call<'complainant', B>): Promise<z.input<typeof shape.herHearings>> => {
    const again = (a: Act) => hers(a, call.lang);
    return actsOnce(
      call,
      deed,
      async (a) => {
        await work(a, idOf(call, 'id'), call.body);
        return again(a);
      },
      again,
    );
  };
/** What an officer does to one of a file; answered with all of the file. */
const deskDeed =
  <B>(deed: string, work: (a: Act, number: string, call: Call<'officer', B>) => Promise<unknown>) =>
  (call: Call<'officer', B>): Promise<z.input<typeof shape.hearings>> => {
    const number = numberOf(call);
    const again = (a: Act) => ofFile(a, number, call.lang);
    return actsOnce(
      call,
      deed,
      async (a) => {
        await work(a, number, call);
        return again(a);
      },
      again,
    );
  };

export const hearings: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/track/hearings',
    who: 'complainant',
    summary: 'When she is heard: times on offer, the one she chose, who may sit with her, how it ended',
    status: 200,
    answer: shape.herHearings,
    refuses: [404],
    answers: (call) => reads(call, 'hearing.my-hearings', (r) => hers(r, call.lang)),
  }),
  endpoint({
    method: 'POST',
    path: '/track/hearings/{id}/choose',
    who: 'complainant',
    summary: 'Choose one of the times, by phone instead if she likes; again to move it',
    status: 200,
    body: chooseForm,
    answer: shape.herHearings,
    refuses: [404, 409],
    repeats: 'key',
    answers: herDeed('hearing.choose', chooseTime),
  }),
  endpoint({
    method: 'POST',
    path: '/track/hearings/{id}/others',
    who: 'complainant',
    summary: 'None of these times: ask for others, for a woman officer, for a phone call',
    status: 200,
    body: othersForm,
    answer: shape.herHearings,
    refuses: [404, 409],
    repeats: 'key',
    answers: herDeed('hearing.ask-others', askForOthers),
  }),
  endpoint({
    method: 'POST',
    path: '/track/hearings/{id}/cancel',
    who: 'complainant',
    summary: 'Call it off; nothing follows from that for her',
    status: 200,
    answer: shape.herHearings,
    refuses: [404, 409],
    repeats: 'key',
    answers: herDeed('hearing.call-off', (a, id) => callOff(a, id, {})),
  }),
  endpoint({
    method: 'POST',
    path: '/track/hearings/{id}/guests',
    who: 'complainant',
    summary: 'A code for a support person or an interpreter, shown once: it opens this hearing in its hours, once',
    status: 201,
    body: guestForm,
    answer: z.object({ code: z.string() }),
    refuses: [404, 409],
    answers: (call) => acts(call, 'hearing.bring', (a) => bringSomebody(a, idOf(call, 'id'), call.body.role)),
  }),
  endpoint({
    method: 'POST',
    path: '/track/hearings/{id}/consent',
    who: 'complainant',
    summary: 'Agree to a recording, or take it back, which stops it',
    status: 200,
    body: consentForm,
    answer: shape.herHearings,
    refuses: [404, 409],
    repeats: 'key',
    answers: herDeed('hearing.consent', (a, id, { given }) => consentTo(a, id, given)),
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}/hearings',
    who: 'officer',
    summary: 'The hearings of a file in sight',
    status: 200,
    answer: shape.hearings,
    refuses: [404],
    answers: (call) => reads(call, 'hearing.list', (r) => ofFile(r, numberOf(call), call.lang)),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings',
    who: 'officer',
    summary: 'Offer her 2 to 5 times inside her safe hours; by a woman officer where the sections ask for one',
    status: 201,
    body: offerForm,
    answer: shape.hearings,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: deskDeed('hearing.offer', (a, number, { body }) => offerHearing(a, number, body)),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings/{id}/times',
    who: 'officer',
    summary: 'Offer other times; what she chose before counts no more',
    status: 200,
    body: timesForm,
    answer: shape.hearings,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: deskDeed('hearing.offer-again', (a, number, call) =>
      offerOtherTimes(a, number, idOf(call, 'id'), call.body),
    ),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings/{id}/cancel',
    who: 'officer',
    summary: 'Call it off with a reason; she is told',
    status: 200,
    body: cancelForm,
    answer: shape.hearings,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: deskDeed('hearing.cancel', (a, number, call) => cancelHearing(a, number, idOf(call, 'id'), call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings/{id}/call',
    who: 'officer',
    summary:
      'The number to call her at her time, because the net does not hold or she chose the phone; she sees that it was opened',
    status: 200,
    answer: z.object({ dial: z.string() }),
    refuses: [403, 404, 409],
    answers: (call) => acts(call, 'hearing.call', (a) => callHer(a, numberOf(call), idOf(call, 'id'))),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings/{id}/outcome',
    who: 'officer',
    summary: 'Held (by video, audio or phone) or not held; `statement` enters her statement to the police with it',
    status: 200,
    body: outcomeForm,
    answer: shape.hearings,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: deskDeed('hearing.write-outcome', (a, number, call) =>
      writeOutcome(a, number, idOf(call, 'id'), call.body),
    ),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/hearings/{id}/recordings/{recording}/keep',
    who: 'officer',
    summary: 'Make an exhibit of what has arrived of a recording; again, it is the same exhibit',
    status: 200,
    answer: z.object({ exhibit: z.int() }),
    refuses: [403, 404, 409],
    answers: async (call) => {
      const told = { number: numberOf(call), hearing: idOf(call, 'id'), recording: idOf(call, 'recording') };
      return { exhibit: await keepRecording(call.actor, told, call.request_id) };
    },
  }),
];
