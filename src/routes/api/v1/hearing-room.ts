// The room of a hearing over the API: sitting down, what browsers say to each other, the relay's keys, the recording in pieces.
import type { z } from 'zod';
import { type Act, type Actor, act, read, refuse } from '#foundation';
import {
  addPiece,
  beginRecording,
  endRecording,
  iceOf,
  join,
  type RecordingForm,
  recordingForm,
  talk,
  talkForm,
} from '#hearing';
import { idOf } from './callbacks.ts';
import { acts, type Call, type Endpoint, endpoint } from './endpoint.ts';
import * as shape from './hearing-shapes.ts';
import { Problem } from './problem.ts';

// she or an officer; a machine has no seat
function sits(call: Pick<Call<'anyone'>, 'actor'>): Actor {
  if (!call.actor) throw new Problem('signed-out', [], { 'www-authenticate': 'Bearer' });
  return call.actor.kind === 'machine' ? refuse('not-found') : call.actor;
}

/** One part of a recording: begun, its next piece, ended. Shared by the API and the room's own page. */
export async function takePart(a: Act, hearing: string, form: RecordingForm): Promise<z.input<typeof shape.recorded>> {
  if (form.do === 'begin') return { recording: await beginRecording(a, hearing), pieces: 0 };
  const { recording } = form;
  if (form.do === 'end') {
    await endRecording(a, hearing, recording);
    return { recording, pieces: 0 };
  }
  const { n, bytes } = form;
  return { recording, pieces: await addPiece(a, hearing, { recording, n, bytes: Buffer.from(bytes, 'base64') }) };
}

const inRoom = { refuses: [403, 409, 410] } as const;

export const hearingRoom: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/hearings/{id}/join',
    who: 'anyone',
    summary: 'Sit down in the room, she or the officer who hears her; who sits in that role already is asked to leave',
    status: 201,
    answer: shape.seat,
    ...inRoom,
    answers: (call) =>
      act(sits(call), 'hearing.join', (a) => join(a, { hearing: idOf(call, 'id') }), { request_id: call.request_id }),
  }),
  endpoint({
    method: 'POST',
    path: '/hearings/{id}/signal',
    who: 'anyone',
    summary:
      'One round of talk from a seat: what browsers say to each other to connect. Erased when taken, after two minutes, and at the end',
    status: 200,
    body: talkForm,
    answer: shape.talked,
    ...inRoom,
    answers: (call) => {
      idOf(call, 'id');
      return talk(sits(call), {}, call.body, call.request_id) as Promise<z.input<typeof shape.talked>>;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/hearings/{id}/ice',
    who: 'anyone',
    summary: 'Keys of the relay (TURN) for ten minutes; relay only, so that nobody learns where the other is',
    status: 200,
    answer: shape.ice,
    ...inRoom,
    answers: (call) =>
      read(sits(call), 'hearing.ice', (r) => iceOf(r, { hearing: idOf(call, 'id') }), { request_id: call.request_id }),
  }),
  endpoint({
    method: 'POST',
    path: '/hearings/{id}/recording',
    who: 'officer',
    summary: 'Record with her consent: begin, the next piece, end. Without consent every piece is refused',
    status: 200,
    body: recordingForm,
    answer: shape.recorded,
    refuses: [403, 404, 409],
    answers: (call) => acts(call, 'hearing.record', (a) => takePart(a, idOf(call, 'id'), call.body)),
  }),
];
