// Messages both ways: hers into her file's one thread, answers from whichever post works its desk. What was written stays as it was.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf, tell } from '#foundation';
import { tellClocks } from '#casework';
import { clocksOf, myClocks } from '#deadlines';
import { takeUpload } from '#evidence';
import { istDay } from '#law';
import { sendSms } from '#notify';
import { sealNarrative } from '#sealed-identity';
import type { MessageForm } from './forms.ts';
import { draftOf, type ProgressDraft } from './progress.ts';
import { A_DAY, waitingSince } from './rules.ts';
import * as store from './store.ts';
import { myThreadOf, textPlace, type Thread, threadOf } from './thread.ts';

/** The clock of her message that nobody has answered yet. */
const RULE = 'message_answer';

/** Her thread, and by when the answer is due (a police target). */
export type HerThread = Thread & { due_at: Temporal.Instant | null };
/** The thread as a post sees it. `answers`: the acting post works the desk; `draft`: the next progress message, some days before. */
export type DeskThread = HerThread & {
  answers: boolean;
  draft: ProgressDraft | null;
  /** answered concerns about the work of a desk: the outcome, never her words */
  concerns: Awaited<ReturnType<typeof store.answeredOf>>;
};

/** Her case. @throws Refusal `session-over`; `call-first` before she was called: no desk knows her yet */
export async function herCase(r: Reading): Promise<store.Case> {
  const mine = (await store.myCase(r)) ?? refuse('session-over');
  refuseIf(mine.state === 'submitted' ? 'call-first' : undefined);
  return mine;
}

const dueOf = (clocks: readonly { rule: string; stopped_at: unknown; due_at: Temporal.Instant }[]) =>
  clocks.find(({ rule, stopped_at }) => rule === RULE && stopped_at === null)?.due_at ?? null;

/**
 * She writes into the thread of her file. Her first message without an answer starts the clock of the answer; further ones start none.
 * @param form text and ids of her unattached uploads, each of which becomes an exhibit of the file
 * @returns the message's id
 * @throws Refusal `session-over`, `call-first`, `enough-for-today` (20 a day), and as #evidence `takeUpload`
 */
export async function writeToDesk(a: Act, form: MessageForm): Promise<string> {
  const mine = await herCase(a);
  const id = newId();
  const sealed = form.text ? await sealNarrative(a, mine.file, textPlace(id), form.text) : null;
  for (const upload of form.uploads) await takeUpload(a, upload, 'message');
  await asHouse(a, async (h) => {
    // the clock's file is locked first, so two messages at once come one after the other
    const before = await lockedThread(h, mine.file);
    const today = before.filter(({ kind, at }) => kind === 'hers' && istDay(at).equals(istDay(h.now)));
    refuseIf(today.length >= A_DAY.messages ? 'enough-for-today' : undefined);
    await store.addMessage(h, {
      ...bare(id, mine.file, h.now),
      kind: 'hers',
      attached: form.uploads.length,
      sealed_text: sealed,
    });
    await attach(h, mine.file, id, form.uploads);
    if (!waitingSince(before)) await tellClocks(h, mine.file, { moment: 'message-waiting', at: h.now });
    await tell(h, `desk:${mine.desk}`, mine.file);
  });
  return id;
}

/**
 * The desk answers, whoever holds it now: the clock of the answer stops and she is told, without a word of it, that something is there.
 * @param number the complaint number
 * @param form text and ids of uploads that are exhibits of this file
 * @throws Refusal `not-found` out of sight; `not-at-your-desk` where another post works the desk; `upload-unknown`
 */
export async function writeToHer(a: Act, number: string, form: MessageForm): Promise<string> {
  const { actor } = a;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  refuseIf(it.held ? undefined : 'not-at-your-desk');
  const id = newId();
  const before = await asHouse(a, (h) => lockedThread(h, it.file));
  await store.addMessage(a, {
    ...bare(id, it.file, a.now),
    kind: 'desk',
    post: actor.post,
    officer: actor.officer,
    attached: form.uploads.length,
    sealed_text: form.text ? await sealNarrative(a, it.file, textPlace(id), form.text) : null,
  });
  await attach(a, it.file, id, form.uploads);
  await asHouse(a, async (h) => {
    if (waitingSince(before)) await tellClocks(h, it.file, { moment: 'message-answered', at: h.now });
    await sendSms(h, { subject: it.file, purpose: 'message', template: 'update', language: it.language, params: {} });
  });
  return id;
}

/** The thread of her own file. @throws Refusal `session-over`, `call-first` */
export async function myThread(r: Reading): Promise<HerThread> {
  const mine = await herCase(r);
  return { ...(await myThreadOf(r, mine.file)), due_at: dueOf(await myClocks(r)) };
}

/** She opens her thread: what the desk and the clock wrote counts as seen from now. @throws Refusal as {@link myThread} */
export async function openMyThread(a: Act): Promise<HerThread> {
  const thread = await myThread(a);
  await asHouse(a, (h) =>
    store.addSeen(
      h,
      freshOf(thread, 'her').map((message) => seen(message, 'her', null, h.now)),
    ),
  );
  return thread;
}

/** The thread of a file in sight. @throws Refusal `not-found` */
export async function readThread(r: Reading, number: string): Promise<DeskThread> {
  const it = (await store.caseOf(r, number)) ?? refuse('not-found');
  const clocks = await clocksOf(r, it.file);
  return {
    ...(await threadOf(r, it.file)),
    due_at: dueOf(clocks),
    answers: it.held,
    draft: await draftOf(r, it.file, clocks),
    concerns: await store.answeredOf(r, it.file),
  };
}

/** An officer opens the thread. Only at the desk that has the file does it count as seen. @throws Refusal `not-found` */
export async function openThread(a: Act, number: string): Promise<DeskThread> {
  const thread = await readThread(a, number);
  const { actor } = a;
  if (thread.answers && actor.kind === 'officer')
    await store.addSeen(
      a,
      freshOf(thread, 'desk').map((message) => seen(message, 'desk', actor.post, a.now)),
    );
  return thread;
}

/** Her messages that wait for an answer on the desks the acting post works, the most urgent first. */
export const waitingHere = store.waitingHere;

/** Messages the other side has not opened yet, as one side counts them. */
export const freshOf = ({ messages }: Thread, side: 'her' | 'desk'): string[] =>
  messages.filter(({ kind, seen_at }) => (kind === 'hers') === (side === 'desk') && !seen_at).map(({ id }) => id);

const seen = (message: string, by: 'her' | 'desk', post: string | null, at: Temporal.Instant) => ({
  message,
  by,
  post,
  at,
});

const bare = (id: string, file: string, at: Temporal.Instant) => ({
  id,
  file,
  at,
  post: null,
  officer: null,
  facts: null,
  clock: null,
});

async function lockedThread(h: Act, file: string): Promise<store.Message[]> {
  await store.lockCase(h, file);
  return store.messagesOf(h, file);
}

async function attach(a: Act, file: string, message: string, uploads: readonly string[]): Promise<void> {
  if (uploads.length === 0) return;
  const exhibits = new Map((await store.exhibitsOf(a, file, uploads)).map((one) => [one.upload, one]));
  const rows = uploads.map((upload, n) => {
    const { exhibit, kind } = exhibits.get(upload) ?? refuse('upload-unknown', 'uploads');
    return { message, n: n + 1, exhibit, kind };
  });
  await store.addAttachments(a, rows);
}
