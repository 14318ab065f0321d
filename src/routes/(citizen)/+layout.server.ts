// What every page of hers needs: the language, and whether this is the practice system.
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { lang: locals.lang, practice: locals.mode === 'sandbox' };
};
