// In which language a caller of the API is answered.
import type { Lang } from '#words';

/** Hindi unless English is asked for before it. */
export function languageOf(request: Request): Lang {
  const wanted = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...settings] = part.trim().toLowerCase().split(';');
      const q = settings.map((s) => /^\s*q=([\d.]+)$/.exec(s)?.[1]).find(Boolean);
      return { lang: tag.split('-')[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ lang, q }) => (lang === 'hi' || lang === 'en') && q > 0)
    .sort((a, b) => b.q - a.q)[0];
  return wanted?.lang === 'en' ? 'en' : 'hi';
}
