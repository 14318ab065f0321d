// The door for other States' houses: whose envelope it is, whether it is whole and new, what is in it, and the signed receipt for it.
import { type Act, act, house, keys, note, read, Refusal, refuse } from '#foundation';
import { handoverNews, takeOverFile } from '#casework';
import { takeArrivingPaper } from '#documents';
import { takeArriving } from '#evidence';
import { listUnits, liesIn } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { isSignedBy, json, type Opened, openLetter, openLines, openPart, sha256, signedText } from './envelope.ts';
import { fileLetter, type Head, newsLetter, partForm, type PartTold, type Receipt } from './forms.ts';
import { isFresh } from './rules.ts';
import * as store from './store.ts';

/** A text that this house has signed. */
export type SignedText = { text: string; signature: string; signed_by: number };

// Whose it is, and that it is meant for us, is asked before anything of it is read: what nobody known has signed costs two lines.
async function checked(opened: Opened): Promise<void> {
  const { head, line, signature } = opened;
  await read(house(), 'exchange.check', async (r) => {
    const own = await store.ownKeys(r);
    if (own[0]?.state !== head.to) refuse('parcel-not-ours');
    const peer = (await store.peerOf(r, head.from)) ?? refuse('peer-unknown');
    const key =
      (await store.goodKeys(r, peer.id)).find((one) => one.generation === head.signed_by) ?? refuse('peer-key-unknown');
    if (!isSignedBy('envelope', line, signature, key.sign_key)) refuse('signature-wrong');
    if (!own.some(({ generation }) => generation === head.sealed_to)) refuse('sealed-to-an-old-key');
    if (!isFresh(Temporal.Instant.from(head.sent_at), r.now)) refuse('parcel-stale');
  });
}

// the same envelope again is a replay, whoever sends it: who tries again honestly has sealed anew
const first = async (h: Act, line: string): Promise<void> => {
  if (!(await store.firstEnvelope(h, keys.mac('exchange-envelope', line)))) refuse('parcel-replayed');
};

async function receiptFor(h: Act, head: Head, told: { sha256: string; number: string | null }): Promise<SignedText> {
  const [own] = await store.ownKeys(h);
  const { generation, state } = own ?? refuse('parcel-not-ours');
  const receipt: Receipt = {
    v: 1,
    parcel: head.parcel,
    ...(head.n === undefined ? {} : { n: head.n }),
    from: state,
    to: head.from,
    sha256: told.sha256,
    number: told.number,
    received_at: h.now.toString(),
    signed_by: generation,
  };
  return signedText('receipt', receipt, generation);
}

/**
 * Takes a letter of another State's house: a file with its history, or the news where one lies.
 * @param source the envelope as it comes
 * @returns the receipt; of a parcel that has come before, the one it was given then
 * @throws Refusal `parcel-malformed`, `parcel-not-ours`, `peer-unknown`, `peer-key-unknown`, `signature-wrong`, `sealed-to-an-old-key`,
 *   `parcel-stale`, `parcel-replayed`, `parcel-differs`, `parcel-unknown`, `seal-wrong`, `letter-not-understood`, `no-such-station`, `too-large`
 */
export async function acceptParcel(source: AsyncIterable<Uint8Array>, request_id?: string): Promise<SignedText> {
  const opened = await openLines(source);
  const { head, line } = opened;
  if (head.kind === 'part') refuse('parcel-malformed');
  await checked(opened);
  const letter = await openLetter(head, opened.rest);
  const hash = sha256(letter);
  return act(
    house(),
    'exchange.accept-parcel',
    async (h) => {
      await store.takeParcel(h, head.parcel);
      await first(h, line);
      const before = await store.arrived(h, head.parcel);
      if (before) {
        if (!before.sha256.equals(hash) || before.from_state !== head.from) refuse('parcel-differs');
        return JSON.parse(before.receipt) as SignedText;
      }
      const { file, number } = head.kind === 'news' ? await takeNews(h, head, letter) : await takeFile(h, head, letter);
      const receipt = await receiptFor(h, head, { sha256: hash.toString('hex'), number });
      const { parcel: id, from: from_state } = head;
      const kind = head.kind === 'news' ? 'news' : 'zero-fir';
      await store.addArrived(h, {
        id,
        from_state,
        kind,
        file: file?.id ?? null,
        sha256: hash,
        came_at: h.now,
        receipt: JSON.stringify(receipt),
      });
      if (file) await announce(h, head.parcel, file);
      return receipt;
    },
    { detail: { from: head.from, kind: head.kind }, ...(request_id ? { request_id } : {}) },
  );
}

async function takeNews(h: Act, head: Head, letter: Buffer) {
  const parsed = newsLetter.safeParse(json(letter.toString('utf8')));
  if (!parsed.success) return refuse('letter-not-understood');
  const { about, standing, at } = parsed.data;
  const known = await handoverNews(h, {
    parcel: about,
    from_state: head.from,
    standing,
    at: Temporal.Instant.from(at),
  });
  if (!known) refuse('parcel-unknown');
  return { file: undefined, number: null };
}

async function takeFile(h: Act, head: Head, letter: Buffer) {
  const parsed = fileLetter.safeParse(json(letter.toString('utf8')));
  // what is wrong with it is not said: it would name fields of hers
  if (!parsed.success) return refuse('letter-not-understood');
  const { file: told, parts } = parsed.data;
  if (!liesIn(told.to_path, head.to) || told.complaint.form_id !== head.parcel) return refuse('letter-not-understood');
  const taken = (await takeOverFile(h, head.parcel, head.from, told)) ?? refuse('parcel-differs');
  return { file: { id: taken.file, parts }, number: taken.number };
}

const place = (n: number): string => `arriving:${n}`;
async function announce(h: Act, parcel: string, file: { id: string; parts: readonly PartTold[] }): Promise<void> {
  const rows = [];
  for (const part of file.parts) {
    const { n, what, size } = part;
    const sealed_told = await sealNarrative(h, file.id, place(n), JSON.stringify(part));
    rows.push({
      parcel,
      n,
      what,
      size,
      sha256: Buffer.from(part.sha256, 'hex'),
      told: { kind: part.kind },
      sealed_told,
    });
  }
  await store.addArrivedParts(h, rows);
}

const arriving = new Set<string>();
const MOST_PAPER = 64 * 1024 * 1024;

/**
 * Takes one file of a case that has come: kept under a key of this house, held against the hash that the letter announced.
 * @returns the receipt; of a part that has come before, the one it was given then
 * @throws Refusal as `acceptParcel`; `parcel-unknown` before its letter has come, `part-unknown`, `part-differs`, `already-arriving`, and what a
 *   file is refused for by #evidence
 */
export async function acceptPart(source: AsyncIterable<Uint8Array>, request_id?: string): Promise<SignedText> {
  const opened = await openLines(source);
  const { head, line, rest } = opened;
  const { n } = head;
  if (head.kind !== 'part' || n === undefined) return refuse('parcel-malformed');
  await checked(opened);
  const options = { detail: { from: head.from, kind: head.kind }, ...(request_id ? { request_id } : {}) };
  const { row, file, told } = await act(
    house(),
    'exchange.begin-part',
    async (h) => {
      await first(h, line);
      const letter = await store.arrived(h, head.parcel);
      if (!letter?.file || letter.from_state !== head.from) return refuse('parcel-unknown');
      const found = (await store.arrivedPart(h, head.parcel, n)) ?? refuse('part-unknown');
      if (found.sha256.toString('hex') !== head.sha256 || Number(found.size) !== head.size) refuse('part-differs');
      const words = await openNarrative(h, letter.file, place(n), found.sealed_told ?? refuse('part-unknown'));
      return { row: found, file: letter.file, told: partForm.parse(JSON.parse(words)) };
    },
    options,
  );
  if (row.receipt) return JSON.parse(row.receipt) as SignedText;
  const key = `${head.parcel}/${n}`;
  if (arriving.has(key)) refuse('already-arriving');
  arriving.add(key);
  try {
    const plain = openPart(head, rest);
    if (told.what === 'paper') await takeArrivingPaper({ file, from_state: head.from }, told, await whole(plain));
    else await takeArriving({ file, parcel: head.parcel, n }, told, plain);
  } finally {
    arriving.delete(key);
  }
  return act(
    house(),
    'exchange.accept-part',
    async (h) => {
      await store.takeParcel(h, head.parcel);
      const came = await store.arrivedPart(h, head.parcel, n);
      if (came?.receipt) return JSON.parse(came.receipt) as SignedText;
      const receipt = await receiptFor(h, head, { sha256: head.sha256, number: null });
      await store.partCame(h, head.parcel, n, JSON.stringify(receipt));
      await note(h, 'exchange.part-came', file, { n });
      return receipt;
    },
    options,
  );
}
async function whole(plain: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const bytes of plain) {
    size += bytes.length;
    if (size > MOST_PAPER) throw new Refusal('too-large');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

const DISTRICT = 3;
/** This house's list of stations, signed: where other States may send an FIR to. @throws Refusal `not-found` where no key was made yet */
export const stationList = (request_id?: string): Promise<SignedText> =>
  read(
    house(),
    'exchange.list-stations',
    async (r) => {
      const [own] = await store.ownKeys(r);
      if (!own) return refuse('not-found');
      const units = await listUnits(r, { under: own.state });
      const districts = new Map(units.map((unit) => [unit.path, unit]));
      const stations = units
        .filter(({ level }) => level === 'station')
        .map(({ path, name_hi, name_en }) => {
          const district = districts.get(path.split('.').slice(0, DISTRICT).join('.'));
          return {
            path,
            name_hi,
            name_en,
            district_hi: district?.name_hi ?? name_hi,
            district_en: district?.name_en ?? name_en,
          };
        });
      return signedText('stations', { v: 1, state: own.state, at: r.now.toString(), stations }, own.generation);
    },
    request_id ? { request_id } : {},
  );
