// A thread as it is read: by her, by the desk that holds the file, by the posts above. The names are those of the day of each message.
import type { Reading } from '#foundation';
import { findPosts, myOfficers, myPosts, type Named, namesById, officersOf } from '#posts';
import { openNarrative } from '#sealed-identity';
import { waitingSince } from './rules.ts';
import * as store from './store.ts';

/** One message. `post` null: she wrote it; `officer` null with a post: the system, in the name of that post. */
export type MessageFacts = {
  id: string;
  kind: store.MessageKind;
  at: Temporal.Instant;
  post_name: Named | null;
  officer: Named | null;
  text: string | null;
  progress: store.ProgressFacts | null;
  /** what came with it: numbers of exhibits of this file */
  files: { exhibit: number; kind: string }[];
  /** when the other side first opened it */
  seen_at: Temporal.Instant | null;
};
/** A thread. `waiting_since`: her first message that nobody has answered. */
export type Thread = { messages: MessageFacts[]; waiting_since: Temporal.Instant | null };

/** The place of a message's text under the key of the case. */
export const textPlace = (id: string) => `message:${id}`;

type Gathered = {
  file: string;
  messages: store.Message[];
  files: store.Attachment[];
  seen: store.Seen[];
  posts: ReadonlyMap<string, Named>;
  officers: ReadonlyMap<string, Named>;
};

/** The thread of a file in sight. */
export async function threadOf(r: Reading, file: string): Promise<Thread> {
  const messages = await store.messagesOf(r, file);
  const ids = messages.map(({ id }) => id);
  return gathered(r, {
    file,
    messages,
    files: await store.attachmentsOf(r, ids),
    seen: await store.seenOf(r, ids),
    posts: namesById(await findPosts(r, [...new Set(messages.flatMap(({ post }) => post ?? []))])),
    officers: namesById(await officersOf(r, [...new Set(messages.flatMap(({ officer }) => officer ?? []))])),
  });
}

/** Her own thread. */
export async function myThreadOf(r: Reading, file: string): Promise<Thread> {
  const messages = await store.myMessages(r);
  if (messages.length === 0) return { messages: [], waiting_since: null };
  return gathered(r, {
    file,
    messages,
    files: await store.myAttachments(r),
    seen: await store.mySeen(r),
    posts: namesById(await myPosts(r)),
    officers: namesById(await myOfficers(r)),
  });
}

async function gathered(r: Reading, all: Gathered): Promise<Thread> {
  const messages: MessageFacts[] = [];
  for (const { id, kind, at, post, officer, sealed_text, facts } of all.messages) {
    const other = kind === 'hers' ? 'desk' : 'her';
    messages.push({
      id,
      kind,
      at,
      post_name: (post && all.posts.get(post)) || null,
      officer: (officer && all.officers.get(officer)) || null,
      text: sealed_text && (await openNarrative(r, all.file, textPlace(id), sealed_text)),
      progress: facts,
      files: all.files.filter(({ message }) => message === id).map(({ exhibit, kind }) => ({ exhibit, kind })),
      seen_at: all.seen.find(({ message, by }) => message === id && by === other)?.at ?? null,
    });
  }
  return { messages, waiting_since: waitingSince(all.messages) };
}
