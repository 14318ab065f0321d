// The page of all her dates. Its button stands with the nearest dates on the tracking page, not among the other pages.
import type { HerPageMaker } from './her-pages.ts';
import { trackView } from './tracking.ts';

export const datesPage: HerPageMaker<'dates'> = {
  line: async () => null,
  view: async (_r, { lang, facts }) => {
    const { running, ended } = trackView(lang, facts);
    return { at: 'dates', running, ended };
  },
};
