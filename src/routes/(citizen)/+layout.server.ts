// What every page of hers needs: the language, whether this is the practice system, where leaving leads.
import { NEUTRAL_SITE } from '../neutral-site.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { lang: locals.lang, practice: locals.mode === 'sandbox', away: NEUTRAL_SITE };
};
