// Her thread with the desk: what was written, by whom, when it was read, and a form that needs no script.
import { freshOf, MOST_FILES, myThread } from '#correspondence';
import { myUploads } from '#evidence';
import { newId } from '#foundation';
import { type Lang, words } from '#words';
import { longTime } from '../../words/format.ts';
import { progressLines } from '../../words/progress.ts';
import { fileName } from './file-page.ts';
import { filesView } from './her-files.ts';
import type { HerPageMaker } from './her-pages.ts';
import type { MessagesView } from './views.ts';

type Thread = Awaited<ReturnType<typeof myThread>>;

function lineOf(lang: Lang, thread: Thread, now: Temporal.Instant): { note: string; fresh: boolean } {
  const w = words(lang).correspondence.her.messages;
  const fresh = freshOf(thread, 'her').length;
  if (fresh > 0) return { note: w.line_fresh(fresh), fresh: true };
  const { due_at, messages } = thread;
  if (due_at && Temporal.Instant.compare(due_at, now) < 0) return { note: w.line_late, fresh: false };
  if (due_at) return { note: w.line_waiting(longTime(lang, due_at)), fresh: false };
  return { note: messages.length > 0 ? w.line_read(messages.length) : w.line_none, fresh: false };
}

function entryOf(lang: Lang, one: Thread['messages'][number]): MessagesView['entries'][number] {
  const w = words(lang).correspondence.her.messages;
  const post = one.post_name?.[lang] ?? '';
  const hers = one.kind === 'hers';
  return {
    id: one.id,
    who: hers ? w.you : one.progress ? `${w.system}, ${post}` : w.from(post, one.officer?.[lang] ?? ''),
    at: longTime(lang, one.at),
    iso: one.at.toString(),
    lines: [...(one.progress ? progressLines(lang, one.progress, post) : []), ...(one.text ? [one.text] : [])],
    files: one.files.map(({ exhibit, kind }) => ({ n: exhibit, name: fileName(lang, kind) })),
    seen: hers ? (one.seen_at ? w.seen(longTime(lang, one.seen_at)) : w.not_seen) : '',
  };
}

export const messagesPage: HerPageMaker<'messages'> = {
  line: async (r, { lang, facts }) => {
    if (facts.state === 'submitted') return null;
    const w = words(lang).correspondence.her.messages;
    return { do: 'see-messages', button: w.button, ...lineOf(lang, await myThread(r), r.now) };
  },
  view: async (r, { lang, kept }) => {
    const thread = await myThread(r);
    const held = await myUploads(r);
    return {
      at: 'messages',
      told: kept.told,
      messages: {
        form_id: newId(),
        // what she wants to read first stands first
        entries: thread.messages.map((one) => entryOf(lang, one)).reverse(),
        due: thread.due_at ? lineOf(lang, { ...thread, messages: [] }, r.now).note : '',
        files: filesView(lang, held, held.length, MOST_FILES),
      },
    };
  },
};
