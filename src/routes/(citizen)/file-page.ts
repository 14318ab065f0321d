// One file of her thread, hers or the desk's: looked at or listened to on a page of its own at the neutral address.
import { myThreadFile, type ThreadFile } from '#correspondence';
import { type Lang, words } from '#words';
import type { HerPageMaker } from './her-pages.ts';

type Shown = 'picture' | 'audio' | 'video' | 'paper';

const KINDS: Readonly<Record<string, Shown>> = {
  photo: 'picture',
  screenshot: 'picture',
  audio: 'audio',
  video: 'video',
};
const kindOf = (kind: string): Shown => KINDS[kind] ?? 'paper';

/** What a file of the thread is called on her pages. */
export function fileName(lang: Lang, kind: string): string {
  const { kinds } = words(lang).form.files;
  const shown = kindOf(kind);
  return shown === 'paper' ? kinds.pdf : kinds[shown];
}

// a voice may lie in a container of films; a paper may be a picture
function lookOf({ kind, media }: ThreadFile): Shown {
  if (media.startsWith('image/')) return 'picture';
  const shown = kindOf(kind);
  return shown === 'picture' ? 'paper' : shown;
}

export const filePage: HerPageMaker<'file'> = {
  line: async () => null,
  view: async (r, { lang, kept }) => {
    const file = await myThreadFile(r, Number(kept.which));
    return { at: 'file', file: { n: file.exhibit, name: fileName(lang, file.kind), look: lookOf(file) } };
  },
};
