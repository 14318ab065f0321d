// Papers that travel with a case to another State, byte for byte, and those that came with one. What names her stays behind the same opening.
import { createHash, randomBytes } from 'node:crypto';
import { type Act, act, house, keys, newId, note, openWith, read, refuse, sealWith } from '#foundation';
import { placeOf } from './place.ts';
import { PAPER_KINDS, type PaperKind } from './rules.ts';
import * as store from './store.ts';

/** A paper as it is announced. `year`, `serial`: its number in the register that issued it. */
export type TravellingPaper = {
  id: string;
  kind: PaperKind;
  year: number;
  serial: number;
  language: 'hi' | 'en';
  names_her: boolean;
  issued_at: string;
  mark: string;
  size: number;
  sha256: string;
};
export type ArrivingPaper = Omit<TravellingPaper, 'id'>;

/** The papers of a case, oldest first; a sealed part goes to the court alone and never travels. As the house. */
export const papersToTravel = async (h: Act, file: string): Promise<TravellingPaper[]> =>
  (await store.documentsOf(h, file))
    .flatMap((row) => {
      const kind = PAPER_KINDS.find((one) => one === row.kind);
      const { id, year, serial, language, names_her, mark, size } = row;
      return kind
        ? [
            {
              id,
              kind,
              year,
              serial,
              language,
              names_her,
              mark,
              size,
              issued_at: row.issued_at.toString(),
              sha256: row.sha256.toString('hex'),
            },
          ]
        : [];
    })
    .reverse();

/** The bytes of a paper, for its way to another State. As the house. @throws Refusal `not-found` */
export async function paperToTravel(id: string): Promise<Buffer> {
  const row = await read(house(), 'documents.look', (r) => store.bytesToTravel(r, id));
  if (!row) return refuse('not-found');
  const place = placeOf({ id, file: row.file });
  return openWith(await keys.unwrap(row.wrapped, place), place, row.sealed_pdf);
}

/**
 * Keeps a paper that came with a case from another State, under a key of this house. As the house. The same part twice is one paper.
 * @throws Refusal `part-differs` where the bytes are not those that were announced, or are no PDF
 */
export async function takeArrivingPaper(
  of: { file: string; from_state: string },
  told: ArrivingPaper,
  pdf: Buffer,
): Promise<void> {
  const sha256 = createHash('sha256').update(pdf).digest();
  if (
    pdf.length !== told.size ||
    sha256.toString('hex') !== told.sha256 ||
    !pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))
  )
    refuse('part-differs');
  await act(
    house(),
    'documents.keep-arrived',
    async (h) => {
      if ((await store.documentsOf(h, of.file)).some((one) => one.sha256.equals(sha256) && one.from_state !== null))
        return;
      const id = newId();
      const key = randomBytes(32);
      const place = placeOf({ id, file: of.file });
      await store.addDocument(h, {
        id,
        file: of.file,
        kind: told.kind,
        part_of: null,
        unit: null,
        year: told.year,
        serial: told.serial,
        language: told.language,
        names_her: told.names_her,
        issued_at: Temporal.Instant.from(told.issued_at),
        post: null,
        officer: null,
        code_mac: null,
        mark: told.mark,
        sha256,
        size: pdf.length,
        wrapped: await keys.wrap(key, place),
        sealed_pdf: sealWith(key, place, pdf),
        from_state: of.from_state,
      });
      await note(h, 'documents.arrive', of.file, { document: id, kind: told.kind });
    },
    { subject: of.file },
  );
}
