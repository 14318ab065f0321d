// Messages and concerns over the API: her thread, the desk's answers, what goes past the desk.
import { z } from 'zod';
import {
  addToProgress,
  answerConcern,
  answerForm,
  type ConcernFacts,
  concernForm,
  concernsOf,
  type HerThread,
  messageForm,
  type MessageFacts,
  myConcerns,
  myDeskSilence,
  myThread,
  openMyThread,
  openThread,
  progressForm,
  raiseConcern,
  readThread,
  writeToDesk,
  writeToHer,
} from '#correspondence';
import type { TrackFacts } from '#casework';
import { type Reading, refuse } from '#foundation';
import type { Lang } from '#words';
import { progressLines } from '../../../words/progress.ts';
import { myBytes } from '../../her-bytes.ts';
import { idOf } from './callbacks.ts';
import * as shape from './correspondence-shapes.ts';
import { acts, actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { numberOf } from './officers.ts';
import { iso, isoOrNull } from './time.ts';

const TARGET = 'police-target' as const;

const presentMessage = (one: MessageFacts, lang: Lang): z.input<typeof shape.message> => ({
  id: one.id,
  kind: one.kind,
  at: iso(one.at),
  post_name: one.post_name?.[lang] ?? null,
  officer: one.officer?.[lang] ?? null,
  text: one.text ?? '',
  progress: one.progress && progressLines(lang, one.progress, one.post_name?.[lang] ?? ''),
  files: one.files,
  seen_at: isoOrNull(one.seen_at),
});
const presentThread = ({ messages, due_at }: HerThread, lang: Lang): z.input<typeof shape.thread> => ({
  items: messages.map((one) => presentMessage(one, lang)),
  answer_due: due_at && { at: iso(due_at), kind: TARGET },
});
const presentConcern = (one: ConcernFacts, lang: Lang): z.input<typeof shape.concern> => ({
  id: one.id,
  reason: one.reason,
  text: one.text,
  at: iso(one.at),
  about: one.desk_name?.[lang] ?? null,
  silent_days: one.silent_days,
  with: one.with.map(({ post_name, at }) => ({ post_name: post_name?.[lang] ?? null, at: iso(at) })),
  due: { at: iso(one.due_at), kind: TARGET },
  state: one.state,
  answer: one.answer && {
    at: iso(one.answer.at),
    post_name: one.answer.post_name?.[lang] ?? null,
    officer: one.answer.officer?.[lang] ?? null,
    outcome: one.answer.outcome,
    text: one.answer.text,
  },
});

/** Her messages and concerns as her tracking answers them; none before she was called. */
export async function presentHers(r: Reading, { state }: TrackFacts, lang: Lang) {
  if (state === 'submitted') return { messages: [], concerns: [] };
  return {
    messages: (await myThread(r)).messages.map((one) => presentMessage(one, lang)),
    concerns: (await myConcerns(r)).map((one) => presentConcern(one, lang)),
  };
}

/** The thread of a file as the file itself answers it. */
export const presentMessages = async (r: Reading, number: string, lang: Lang) =>
  (await readThread(r, number)).messages.map((one) => presentMessage(one, lang));

const herConcerns = z.object({ items: z.array(shape.concern), desks: z.array(shape.deskSilence) });
const presentHerConcerns = async (r: Reading, lang: Lang): Promise<z.input<typeof herConcerns>> => ({
  items: (await myConcerns(r)).map((one) => presentConcern(one, lang)),
  desks: (await myDeskSilence(r)).map(({ desk, post_name, here, days, silent }) => ({
    desk,
    post_name: post_name?.[lang] ?? null,
    here,
    days,
    silent,
  })),
});

export const correspondence: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/track/messages',
    who: 'complainant',
    summary: 'Her thread with the desk, the same wherever her file lies; looking at it counts as seen',
    status: 200,
    answer: shape.thread,
    refuses: [404, 409],
    answers: async (call) => presentThread(await acts(call, 'correspondence.open-my-thread', openMyThread), call.lang),
  }),
  endpoint({
    method: 'POST',
    path: '/track/messages',
    who: 'complainant',
    summary: 'Write to the desk that has her file; uploads are ids of her own files that are attached to nothing yet',
    status: 201,
    body: messageForm,
    answer: shape.thread,
    refuses: [404, 409, 429],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'correspondence.write-to-desk',
        async (a) => {
          await writeToDesk(a, call.body);
          return presentThread(await myThread(a), call.lang);
        },
        async (a) => presentThread(await myThread(a), call.lang),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/track/files/{exhibit}',
    who: 'complainant',
    summary:
      'A file that came with a message of her thread, byte for byte, by its number there; nothing else of her case',
    status: 200,
    media: 'application/octet-stream',
    file: true,
    answer: z.unknown().meta({ override: { type: 'string', format: 'binary' } }),
    refuses: [404],
    answers: ({ actor, params: { exhibit = '' }, request_id }) =>
      /^[1-9]\d{0,5}$/.test(exhibit)
        ? myBytes(actor, { exhibit: Number(exhibit), part: 'original', range: undefined, request_id })
        : refuse('not-found'),
  }),
  endpoint({
    method: 'GET',
    path: '/track/concerns',
    who: 'complainant',
    summary: 'What she raised past a desk, with the answers; and how long each desk has been silent',
    status: 200,
    answer: herConcerns,
    refuses: [404, 409],
    answers: (call) => reads(call, 'correspondence.my-concerns', (r) => presentHerConcerns(r, call.lang)),
  }),
  endpoint({
    method: 'POST',
    path: '/track/concerns',
    who: 'complainant',
    summary: 'Raise a concern about a desk: it goes to the post above, and the desk never reads it',
    status: 201,
    body: concernForm,
    answer: herConcerns,
    refuses: [404, 409, 429],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'correspondence.raise-concern',
        async (a) => {
          await raiseConcern(a, call.body);
          return presentHerConcerns(a, call.lang);
        },
        (a) => presentHerConcerns(a, call.lang),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}/messages',
    who: 'officer',
    summary: 'The thread of a file in sight; opened at the desk that has it, her messages count as seen',
    status: 200,
    answer: shape.deskThread,
    refuses: [404],
    answers: async (call) => {
      const thread = await acts(call, 'correspondence.open-thread', (a) => openThread(a, numberOf(call)));
      const { draft } = thread;
      return {
        ...presentThread(thread, call.lang),
        answers: thread.answers,
        draft: draft && { due_on: draft.due_on.toString(), words: draft.words },
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/messages',
    who: 'officer',
    summary: 'Answer her, as the desk that has the file; uploads are ids of uploads that are exhibits of this file',
    status: 201,
    body: messageForm,
    answer: shape.thread,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: (call) => {
      const number = numberOf(call);
      return actsOnce(
        call,
        'correspondence.write-to-her',
        async (a) => {
          await writeToHer(a, number, call.body);
          return presentThread(await readThread(a, number), call.lang);
        },
        async (a) => presentThread(await readThread(a, number), call.lang),
      );
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/progress',
    who: 'officer',
    summary: 'Add own words to the next progress message; it goes on its day even without',
    status: 200,
    body: progressForm,
    answer: z.object({ added: z.literal(true) }),
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      await actsOnce(
        call,
        'correspondence.add-to-progress',
        (a) => addToProgress(a, number, call.body),
        async () => undefined,
      );
      return { added: true as const };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}/concerns',
    who: 'officer',
    summary: 'Concerns of a file that this post has, or that a post below it has; never to the desk they are about',
    status: 200,
    answer: z.object({ items: z.array(shape.concern) }),
    refuses: [404],
    answers: (call) =>
      reads(call, 'correspondence.read-concerns', async (r) => ({
        items: (await concernsOf(r, numberOf(call))).map((one) => presentConcern(one, call.lang)),
      })),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/concerns/{id}/answer',
    who: 'officer',
    summary: 'Answer a concern, once; she reads the answer',
    status: 200,
    body: answerForm,
    answer: shape.concern,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: (call) => {
      const [number, id] = [numberOf(call), idOf(call, 'id')];
      const now = async (r: Reading) => {
        const found = (await concernsOf(r, number)).find((one) => one.id === id);
        return presentConcern(found ?? refuse('not-found'), call.lang);
      };
      return actsOnce(
        call,
        'correspondence.answer-concern',
        async (a) => {
          await answerConcern(a, number, id, call.body);
          return now(a);
        },
        now,
      );
    },
  }),
];
