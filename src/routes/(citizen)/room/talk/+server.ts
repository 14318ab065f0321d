// The door of the room that her page and that of whoever sits with her ask at.
import type { RequestHandler } from '@sveltejs/kit';
import { answerRoom } from '../../../room-door.ts';
import { askingHere } from '../who.ts';

export const POST: RequestHandler = async (event) => {
  const asking = await askingHere(event);
  return answerRoom(event.request, asking && { ...asking, request_id: event.locals.request_id });
};
