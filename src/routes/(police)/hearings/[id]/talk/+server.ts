// The door of the room that the officer's page asks at. A recording that has ended becomes an exhibit at once, where this desk has the file.
import type { RequestHandler } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { keepRecording, readHearing } from '#hearing';
import { answerRoom } from '../../../../room-door.ts';

export const POST: RequestHandler = async ({ request, locals, params }) => {
  const { staff, request_id } = locals;
  const hearing = params.id ?? '';
  if (!staff || !/^[0-9a-f-]{36}$/.test(hearing)) return answerRoom(request, undefined);
  const ended = async (recording: string) => {
    try {
      const { number } = await read(staff, 'hearing.read', (r) => readHearing(r, hearing), { request_id });
      if (number) await keepRecording(staff, { number, hearing, recording }, request_id);
    } catch (error) {
      // the post that hears may not have the file: then its desk keeps what has arrived, from the file's page
      if (!(error instanceof Refusal)) throw error;
    }
  };
  return answerRoom(request, { actor: staff, asking: { hearing }, request_id, ended });
};
