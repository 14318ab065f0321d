// A text without what was drawn by chance or measured. Some digits of hers are looked for in the rest: in ids, digests, numbers of complaints
// and microseconds any few digits stand one day.
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*/g;
const DIGEST = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;

/** The text with a dot in the place of every id, digest and instant. @param numbers drawn ones that may stand there too, as those of complaints */
export const undrawn = (text: string, numbers: readonly string[] = []): string =>
  [ID, INSTANT, DIGEST, ...numbers].reduce<string>((rest, drawn) => rest.replaceAll(drawn, '·'), text);
