// Rapid response over the API, on her side: known to it before, the alarm, who comes, the complaint it becomes.
import {
  addFixes,
  addSound,
  alertForm,
  cancel,
  cancelForm,
  complain,
  complainForm,
  confirm,
  confirmForm,
  herFixesForm,
  raise,
  readMine,
  register,
  registerForm,
  safeForm,
  say,
  soundForm,
} from '#sos';
import { inTime } from '../../in-time.ts';
import { idOf } from './callbacks.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import * as shapes from './shapes.ts';
import * as shape from './sos-shapes.ts';
import { presentHers, presentRaised } from './sos-present.ts';
import { iso, isoOrNull } from './time.ts';

// a token that answers to nobody is no reason to leave a woman without help
const her = (call: Call<'anyone'>) => (call.actor?.kind === 'citizen' ? call.actor : null);

export const sos: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/sos/registrations',
    who: 'anyone',
    summary: 'Ask to be known to rapid response; a code goes out by SMS. The answer says nothing of the number',
    status: 202,
    body: registerForm,
    answer: shape.asked,
    repeats: 'own',
    answers: ({ body }) => register(body),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/registrations/confirm',
    who: 'anyone',
    summary: 'Confirm with the code, set the PIN that cancels and the one that only seems to',
    status: 201,
    body: confirmForm,
    answer: shape.device,
    answers: async ({ body, actor }) => {
      const { device_token, expires_at } = await confirm(body, actor);
      return { device_token, expires_at: iso(expires_at) };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts',
    who: 'anyone',
    summary: 'An alarm, with the device token or without any. It is on the disk with its orders before the answer goes',
    status: 201,
    body: alertForm,
    bodiless: true,
    answer: shape.raised,
    refuses: [503],
    // the form's own id says which press it is; the key of the request says the same
    repeats: 'own',
    answers: async (call) => {
      const form_id = call.body.form_id ?? call.once?.key;
      return presentRaised(await inTime(raise(her(call), { ...call.body, form_id }, { request_id: call.request_id })));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/sos/alerts/{alert}',
    who: 'anyone',
    summary: 'Her alarm: who comes, in how many minutes',
    status: 200,
    answer: shape.herAlert,
    answers: async (call) => presentHers(await readMine(her(call), idOf(call, 'alert'))),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/fixes',
    who: 'anyone',
    summary: 'Where she is, and was while there was no network',
    status: 200,
    body: herFixesForm,
    answer: shape.herAlert,
    answers: async (call) => presentHers(await addFixes(her(call), idOf(call, 'alert'), call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/sound',
    who: 'complainant',
    summary:
      'A piece of sound of a few seconds, where she has agreed to it beforehand; heard by the control room while the alarm is open',
    status: 201,
    body: soundForm,
    answer: shape.soundTaken,
    refuses: [409, 415, 507],
    // the piece's own id says which it is
    repeats: 'own',
    answers: (call) => addSound(call.actor, idOf(call, 'alert'), call.body),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/cancel',
    who: 'anyone',
    summary:
      'Cancel: while it is held without a word, later with the PIN. The duress PIN looks the same and stops nothing',
    status: 200,
    body: cancelForm,
    bodiless: true,
    answer: shape.herAlert,
    refuses: [409],
    answers: async (call) => presentHers(await cancel(her(call), idOf(call, 'alert'), call.body.pin)),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/safe',
    who: 'anyone',
    summary: 'She is safe, they are here, or a place in words',
    status: 200,
    body: safeForm,
    bodiless: true,
    answer: shape.herAlert,
    answers: async (call) => presentHers(await say(her(call), idOf(call, 'alert'), call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/complaint',
    who: 'complainant',
    summary: 'The alarm becomes a complaint; its own entries are the first of the file',
    status: 201,
    body: complainForm,
    answer: shapes.filed,
    refuses: [409],
    answers: async (call) => {
      const filed = await complain(call.actor, idOf(call, 'alert'), call.body);
      return { ...filed, callback_by: iso(filed.callback_by), sign_by: isoOrNull(filed.sign_by) };
    },
  }),
];
