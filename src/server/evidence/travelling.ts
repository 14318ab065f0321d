// Files that travel with a case to another State: which there are, their bytes on the way out; and how those that arrive are taken in.
import { randomBytes } from 'node:crypto';
import { type Act, act, house, keys, note, read, Refusal, refuse } from '#foundation';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { examine } from './examine.ts';
import { addDigital } from './exhibits.ts';
import { EXHIBIT_KINDS, type ExhibitKind } from './rules.ts';
import { append, arrived, makeRoom, readBack, remove } from './shelf.ts';
import * as store from './store.ts';
import { storedOf, wrapPlace } from './wrapped.ts';

/** A file of an exhibit as it is announced: codes and numbers, and two texts that are sealed wherever they lie. */
export type TravellingFile = {
  upload: string;
  number: number;
  kind: ExhibitKind;
  hers: boolean;
  sent_as: store.ExhibitRow['sent_as'];
  size: number;
  sha256: string;
  name: string;
  description: string | null;
};

/** The files of a case, by the numbers of their exhibits; things and papers on paper have none. As the house. */
export async function filesToTravel(h: Act, file: string): Promise<TravellingFile[]> {
  const uploads = new Map((await store.uploadsOf(h, file)).map((row) => [row.id, row]));
  const found: TravellingFile[] = [];
  for (const row of await store.exhibitsOf(h, file)) {
    const of = row.upload ? uploads.get(row.upload) : undefined;
    if (!of?.sha256 || of.state !== 'kept') continue;
    found.push({
      upload: of.id,
      number: row.number,
      kind: row.kind,
      hers: row.origin === 'complainant',
      sent_as: row.sent_as,
      size: Number(of.size),
      sha256: of.sha256.toString('hex'),
      name: await openNarrative(h, file, `upload:${of.id}:name`, of.sealed_name),
      description:
        row.sealed_description &&
        (await openNarrative(h, file, `exhibit:${row.id}:description`, row.sealed_description)),
    });
  }
  return found;
}

/** The plain bytes of a kept file, for its way to another State. As the house. @throws Refusal `not-found` without bytes */
export async function bytesToTravel(upload: string): Promise<AsyncIterable<Buffer>> {
  const row = await read(house(), 'evidence.look-upload', (r) => store.findUpload(r, upload));
  return row?.state === 'kept' ? readBack(await storedOf(row)) : refuse('not-found');
}

/** What came in with a parcel, parsed where it was opened. */
export type ArrivingFile = Omit<TravellingFile, 'upload' | 'number' | 'kind'> & { kind: string };

const idOf = (parcel: string, n: number): string =>
  keys.mac('arriving-file', parcel, String(n)).subarray(0, 16).toString('hex');

/**
 * Takes one file of a case that came from another State: kept as it arrives, looked at like any other, held against the hash that was
 * announced, and entered as an exhibit. As the house. What broke off begins anew; what is there already is not taken twice.
 * @param of the case, and the parcel and number by which the file was announced
 * @param source the plain bytes; throws where they were not sealed by the peer
 * @throws Refusal `part-differs` where length or hash are others; what an upload is refused for
 */
export async function takeArriving(
  of: { file: string; parcel: string; n: number },
  told: ArrivingFile,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const id = idOf(of.parcel, of.n);
  const row = await begun(id, of.file, told);
  if (row.state !== 'arriving') return;
  const stored = await storedOf(row);
  await makeRoom(stored);
  if ((await arrived(stored)) > 0) {
    await remove(id);
    await makeRoom(stored);
  }
  try {
    if ((await append(stored, 0, source, () => undefined)) < told.size) refuse('part-differs');
    const found = await examine({ kind: null }, stored);
    if (found.sha256.toString('hex') !== told.sha256) refuse('part-differs');
    await act(
      house(),
      'evidence.keep-arrived',
      async (h) => {
        const kept = await store.endUpload(h, id, { state: 'kept', ended_at: h.now, ...found });
        if (kept) await addDigital(h, { ...row, ...found, state: 'kept', ended_at: h.now }, told.sent_as);
      },
      { subject: of.file },
    );
  } catch (fault) {
    // what somebody else has brought to its end meanwhile stays where it is
    if ((await read(house(), 'evidence.look-upload', (r) => store.findUpload(r, id)))?.state === 'arriving')
      await remove(id);
    throw fault instanceof Refusal && fault.code === 'longer-than-said' ? new Refusal('part-differs') : fault;
  }
}

// the row of a file that is announced: made with the first try, and found again with the next
const begun = (id: string, file: string, told: ArrivingFile): Promise<store.UploadRow> =>
  act(
    house(),
    'evidence.begin-arriving',
    async (h) => {
      await store.oneAtATime(h, file);
      const there = await store.findUpload(h, id);
      if (there) return there;
      const row: store.UploadRow = {
        id,
        file,
        origin: told.hers ? 'complainant' : 'other-state',
        post: null,
        officer: null,
        kind: EXHIBIT_KINDS.find((kind) => kind === told.kind) ?? 'other-file',
        size: told.size,
        wrapped_key: await keys.wrap(randomBytes(32), wrapPlace(id, file)),
        sealed_name: await sealNarrative(h, file, `upload:${id}:name`, told.name),
        sealed_description: told.description
          ? await sealNarrative(h, file, `upload:${id}:description`, told.description)
          : null,
        sealed_place: null,
        found_at: null,
        reports_on: [],
        began_at: h.now,
        state: 'arriving',
        refusal: null,
        media: null,
        sha256: null,
        scan: null,
        ended_at: null,
      };
      await store.addUpload(h, row);
      await note(h, 'evidence.arriving', file, { upload: id });
      return row;
    },
    { subject: file },
  );
