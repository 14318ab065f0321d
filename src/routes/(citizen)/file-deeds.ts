// What she does with her open file: each deed needs her session, her file, and that she has said it is safe to show it.
import { CORRESPONDENCE_DEEDS } from './correspondence-deeds.ts';
import { HEARING_DEEDS } from './hearing-deeds.ts';
import type { Press } from './door-deeds.ts';
import { ENDING_DEEDS } from './ending-deeds.ts';
import type { HerPage } from './her-pages.ts';
import type { Outcome } from './outcomes.ts';
import { VISIT_DEEDS } from './visit-deeds.ts';
import type { Kept } from './view-cookie.ts';

/** A press behind the gate. `file`: her file's id; `rest`: what follows the colon in the button's value. */
export type FilePress = Press & { file: string };
export type FileDeed = (press: FilePress) => Promise<Outcome>;

/** The deeds, by the button's name: “name” or “name:rest”. */
export const FILE_DEEDS: Readonly<Record<string, FileDeed>> = {
  ...CORRESPONDENCE_DEEDS,
  ...VISIT_DEEDS,
  ...ENDING_DEEDS,
  ...HEARING_DEEDS,
};

/**
 * Leads to a page of her open file.
 * @param press what she pressed
 * @param page the page; the tracking page where there is none
 * @param told one sentence for that page
 * @param which the thing that the page is about
 */
export const leadTo = (
  { file, kept }: Pick<FilePress, 'file' | 'kept'>,
  page?: HerPage,
  told?: Kept['told'],
  which?: string,
): Outcome => ({
  view: {
    shown: file,
    ...(kept.code ? { code: kept.code } : {}),
    ...(page ? { page } : {}),
    ...(told ? { told } : {}),
    ...(which ? { which } : {}),
  },
});
