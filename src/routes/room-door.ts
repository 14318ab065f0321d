// What a room's page asks for, one question at a time: to sit down, the relay's keys, a round of talk, consent, a part of a recording.
// The session's cookie says who asks; no other site's form can send JSON here.
import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { type Actor, act, faultOf, log, read, Refusal, refuse } from '#foundation';
import { type Asking, consentForm, consentTo, iceOf, join, recordingForm, talk, talkForm } from '#hearing';
import { takePart } from './api/v1/hearing-room.ts';
import { statusOf } from './refusal-status.ts';

const question = z.discriminatedUnion('do', [
  z.object({ do: z.literal('join') }),
  z.object({ do: z.literal('ice') }),
  z.object({ do: z.literal('talk'), talk: talkForm }),
  z.object({ do: z.literal('consent'), ...consentForm.shape }),
  z.object({ do: z.literal('record'), part: recordingForm }),
]);
type Question = z.output<typeof question>;

/** Who asks, about which room. `ended`: what follows the end of a recording. */
export type Knocking = {
  actor: Actor;
  asking: Asking;
  request_id: string;
  ended?: (recording: string) => Promise<unknown>;
};

async function answerOf(asked: Question, { actor, asking, request_id, ended }: Knocking): Promise<unknown> {
  const options = { request_id };
  switch (asked.do) {
    case 'join':
      return act(actor, 'hearing.join', (a) => join(a, asking), options);
    case 'ice':
      return read(actor, 'hearing.ice', (r) => iceOf(r, asking), options);
    case 'talk':
      return talk(actor, 'pass' in asking ? asking : {}, asked.talk, request_id);
    case 'consent': {
      if ('pass' in asking) return refuse('not-your-power');
      const { hearing } = asking;
      await act(actor, 'hearing.consent', (a) => consentTo(a, hearing, asked.given), options);
      return {};
    }
    case 'record': {
      if ('pass' in asking) return refuse('not-your-power');
      const taken = await act(actor, 'hearing.record', (a) => takePart(a, asking.hearing, asked.part), options);
      if (asked.part.do === 'end') await ended?.(taken.recording);
      return taken;
    }
  }
}

/** Answers one question of a room's page. @param knocking undefined where there is no room for whoever asks */
export async function answerRoom(request: Request, knocking: Knocking | undefined): Promise<Response> {
  const no = (code: string) => json({ code }, { status: statusOf(code), headers: { 'cache-control': 'no-store' } });
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '')) return no('wrong-content-type');
  const asked = question.safeParse(await request.json().catch(() => undefined));
  if (!asked.success) return no('not-understood');
  if (!knocking) return no('hearing-over');
  try {
    return json(await answerOf(asked.data, knocking), { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.info({ request: knocking.request_id, refusal: error.code, ...faultOf(error) }, 'refused');
    return no(error.code);
  }
}
