// What goes to other States' houses: letters are written once and frozen, sealed anew for each try, and end with a receipt that is checked.
import { createHash } from 'node:crypto';
import { type Act, act, house, keys, newId, note, read } from '#foundation';
import { handedOver, handoverRefused, travelling } from '#casework';
import { papersToTravel, paperToTravel } from '#documents';
import { bytesToTravel, filesToTravel } from '#evidence';
import { liesIn, listAbroad } from '#posts';
import { isSignedBy, json, letterEnvelope, partEnvelope } from './envelope.ts';
import { listForm, type PartTold, type Receipt, receiptForm, signedForm } from './forms.ts';
import { FOR_GOOD, LIST_AGAIN, LIST_EVERY, PART_FOR_GOOD, waitAfter } from './rules.ts';
import * as store from './store.ts';

const LETTER_MS = 30_000;
const PART_MS = 10 * 60_000;
const MOST_ANSWER = 4 * 1024 * 1024;
const sealPlace = (parcel: string): string => `exchange-letter|${parcel}`;

type PartRow = Pick<store.Part, 'n' | 'what' | 'ref' | 'sha256' | 'size'>;
async function partsFor(h: Act, file: string): Promise<{ told: PartTold[]; rows: PartRow[] }> {
  const told: PartTold[] = [];
  const rows: PartRow[] = [];
  const add = (ref: string, part: PartTold): void => {
    told.push(part);
    rows.push({ n: part.n, what: part.what, ref, sha256: Buffer.from(part.sha256, 'hex'), size: part.size });
  };
  for (const { id, ...paper } of await papersToTravel(h, file))
    add(id, { ...paper, n: told.length + 1, what: 'paper' });
  for (const { upload, number: _number, ...one } of await filesToTravel(h, file))
    add(upload, { ...one, n: told.length + 1, what: 'exhibit' });
  return { told, rows };
}

/** Writes the letter of a handover, once: what it says is frozen, sealed with this house's own key until it is received. */
export const writeParcel = (parcel: string, to_state: string): Promise<void> =>
  act(house(), 'exchange.write-parcel', async (h) => {
    const leaving = await travelling(h, parcel);
    if (!leaving) return;
    const { id: subject, told: file } = leaving;
    const { told, rows } = await partsFor(h, subject);
    const letter = Buffer.from(JSON.stringify({ file, parts: told }), 'utf8');
    if (await addParcel(h, { id: parcel, file: subject, to_state, kind: 'zero-fir', about: null }, letter)) {
      const waits = { attempts: 0, next_at: h.now, outcome: null, received_at: null, receipt: null, given_up_at: null };
      await store.addParts(
        h,
        rows.map((row) => ({ ...row, ...waits, parcel })),
      );
    }
    await note(h, 'exchange.written', subject, { parcel, parts: rows.length });
  });

/** Writes a letter of news. As the house, in the act that notes what was told. */
export const writeNews = (
  h: Act,
  about: string,
  of: { file: string; to_state: string; standing: object },
): Promise<boolean> =>
  addParcel(
    h,
    { id: newId(), file: of.file, to_state: of.to_state, kind: 'news', about },
    Buffer.from(JSON.stringify({ about, standing: of.standing, at: h.now.toString() }), 'utf8'),
  );

const addParcel = (
  h: Act,
  of: Pick<store.Parcel, 'id' | 'file' | 'to_state' | 'kind' | 'about'>,
  letter: Buffer,
): Promise<boolean> =>
  store.addParcel(h, {
    ...of,
    made_at: h.now,
    sha256: createHash('sha256').update(letter).digest(),
    sealed_letter: keys.seal('exchange-letter', sealPlace(of.id), letter),
    attempts: 0,
    next_at: h.now,
    outcome: null,
    received_at: null,
    receipt: null,
    given_up_at: null,
    late_at: null,
  });

/** Who writes and to whom, with the keys that are good now; undefined where a key is wanting on either side. */
async function ends(to_state: string) {
  return read(house(), 'exchange.look-peer', async (r) => {
    const [own] = await store.ownKeys(r);
    const peer = await store.peerOf(r, to_state);
    const theirs = peer ? await store.goodKeys(r, peer.id) : [];
    return { own, peer, theirs, now: r.now };
  });
}
type Ends = Awaited<ReturnType<typeof ends>>;

/** What became of a try: a receipt, or a code that may stand in a table. */
type Outcome = { receipt: Receipt; text: string } | { code: string };

async function post(
  of: Ends,
  path: string,
  body: Buffer | AsyncIterable<Buffer>,
  ms: number,
): Promise<Outcome | { answer: unknown }> {
  const url = new URL(path, of.peer?.address);
  try {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', accept: 'application/json' },
      body: body as never,
      duplex: 'half',
      redirect: 'error',
      signal: AbortSignal.timeout(ms),
    } as RequestInit;
    const response = await fetch(url, init);
    const answer = json(await limited(response));
    if (response.ok) return { answer };
    const code = (answer as { code?: unknown } | undefined)?.code;
    return { code: typeof code === 'string' && /^[a-z0-9-]{2,60}$/.test(code) ? code : `status-${response.status}` };
  } catch (fault) {
    return { code: fault instanceof Error && fault.name === 'TimeoutError' ? 'too-slow' : 'no-answer' };
  }
}
async function limited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of response.body ?? []) {
    size += bytes.length;
    if (size > MOST_ANSWER) throw new Error('too long an answer');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

// A receipt counts when a confirmed key of that State has signed it and it speaks of these very bytes.
function receiptIn(of: Ends, answer: unknown, about: { parcel: string; n?: number; sha256: string }): Outcome {
  const signed = signedForm.safeParse(answer);
  if (!signed.success) return { code: 'receipt-wrong' };
  const { text, signature, signed_by } = signed.data;
  const key = of.theirs.find((one) => one.generation === signed_by);
  if (!key || !isSignedBy('receipt', text, signature, key.sign_key)) return { code: 'receipt-wrong' };
  const receipt = receiptForm.safeParse(json(text));
  const fits =
    receipt.success &&
    receipt.data.parcel === about.parcel &&
    receipt.data.n === about.n &&
    receipt.data.sha256 === about.sha256 &&
    receipt.data.from === of.peer?.state &&
    receipt.data.to === of.own?.state;
  return fits ? { receipt: receipt.data, text: JSON.stringify(signed.data) } : { code: 'receipt-wrong' };
}

const writing = (of: Ends, parcel: string) => {
  const [to] = of.theirs;
  return of.own && of.peer && to
    ? {
        parcel,
        from: { state: of.own.state, generation: of.own.generation },
        to: { state: of.peer.state, generation: to.generation, seal_key: to.seal_key },
        at: of.now,
      }
    : undefined;
};

/** One try to send a letter. Whatever becomes of it is written down; the next try comes by the clock. */
export async function sendParcel(parcel: string): Promise<void> {
  const row = await read(house(), 'exchange.read-parcel', (r) => store.parcelById(r, parcel));
  if (!row || row.received_at || row.given_up_at || !row.sealed_letter) return;
  const of = await ends(row.to_state);
  const to = writing(of, parcel);
  let outcome: Outcome = { code: of.peer ? 'no-key' : 'no-peer' };
  if (to) {
    const letter = keys.open('exchange-letter', sealPlace(parcel), row.sealed_letter);
    const sent = await post(of, '/api/v1/exchange/parcels', letterEnvelope(to, row.kind, letter), LETTER_MS);
    outcome = 'answer' in sent ? receiptIn(of, sent.answer, { parcel, sha256: row.sha256.toString('hex') }) : sent;
  }
  await act(house(), 'exchange.send-parcel', (h) => settle(h, row, outcome), {
    subject: row.file,
    detail: { outcome: 'code' in outcome ? outcome.code : 'received' },
  });
}

async function settle(h: Act, { id, kind }: store.Parcel, outcome: Outcome): Promise<void> {
  const row = await store.lockParcel(h, id);
  // another try was faster: it is received once
  if (!row || row.received_at || row.given_up_at) return;
  const attempts = row.attempts + 1;
  if ('code' in outcome) {
    const over = FOR_GOOD.includes(outcome.code);
    await store.changeParcel(h, id, {
      attempts,
      outcome: outcome.code,
      next_at: h.now.add(waitAfter(attempts)),
      ...(over ? { given_up_at: h.now, sealed_letter: null } : {}),
    });
    if (over && kind === 'zero-fir') await handoverRefused(h, id, outcome.code);
    return;
  }
  const { receipt, text } = outcome;
  await store.changeParcel(h, id, {
    attempts,
    outcome: 'received',
    received_at: h.now,
    receipt: text,
    // the file itself stays here; a second copy of all that was told in it need not
    sealed_letter: null,
  });
  if (kind === 'zero-fir' && receipt.number)
    await handedOver(h, id, {
      number: receipt.number,
      sha256: row.sha256,
      received_at: Temporal.Instant.from(receipt.received_at),
    });
}

/** One try to send a part, streamed from the shelf. */
export async function sendPart(parcel: string, n: number): Promise<void> {
  const found = await read(house(), 'exchange.read-part', async (r) => ({
    part: await store.partOf(r, parcel, n),
    letter: await store.parcelById(r, parcel),
  }));
  const { part, letter } = found;
  if (!part || !letter?.received_at || part.received_at || part.given_up_at) return;
  const of = await ends(letter.to_state);
  const to = writing(of, parcel);
  const sha256 = part.sha256.toString('hex');
  let outcome: Outcome = { code: of.peer ? 'no-key' : 'no-peer' };
  if (to) {
    const plain = part.what === 'paper' ? once(await paperToTravel(part.ref)) : await bytesToTravel(part.ref);
    const body = partEnvelope(to, { n, sha256, size: Number(part.size) }, plain);
    const sent = await post(of, '/api/v1/exchange/parts', body, PART_MS);
    outcome = 'answer' in sent ? receiptIn(of, sent.answer, { parcel, n, sha256 }) : sent;
  }
  await act(
    house(),
    'exchange.send-part',
    async (h) => {
      await store.lockParcel(h, parcel);
      const now = await store.partOf(h, parcel, n);
      if (!now || now.received_at || now.given_up_at) return;
      const attempts = now.attempts + 1;
      if ('code' in outcome)
        await store.changePart(h, parcel, n, {
          attempts,
          outcome: outcome.code,
          next_at: h.now.add(waitAfter(attempts)),
          ...(PART_FOR_GOOD.includes(outcome.code) ? { given_up_at: h.now } : {}),
        });
      else
        await store.changePart(h, parcel, n, {
          attempts,
          outcome: 'received',
          received_at: h.now,
          receipt: outcome.text,
        });
    },
    { subject: letter.file, detail: { n, outcome: 'code' in outcome ? outcome.code : 'received' } },
  );
}
async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Reads a peer's list of stations and puts it in the place of the one before, if that State has signed it and every station lies in it. */
export async function readList(peer: string): Promise<void> {
  const state = await read(house(), 'exchange.look-peer', async (r) => (await store.peerById(r, peer))?.state);
  const of = state ? await ends(state) : undefined;
  if (!of?.peer || of.theirs.length === 0) return;
  const list = await listOf(of);
  await act(house(), 'exchange.read-list', async (h) => {
    if ('code' in list) {
      await store.changePeer(h, peer, { trouble: list.code, next_list_at: h.now.add(LIST_AGAIN) });
      return;
    }
    await listAbroad(
      h,
      of.peer?.state ?? '',
      list.stations.map((one) => ({ ...one, state: of.peer?.state ?? '' })),
    );
    await store.changePeer(h, peer, { trouble: null, listed_at: h.now, next_list_at: h.now.add(LIST_EVERY) });
  });
}
async function listOf(of: Ends) {
  try {
    const response = await fetch(new URL('/api/v1/exchange/stations', of.peer?.address), {
      redirect: 'error',
      signal: AbortSignal.timeout(LETTER_MS),
      headers: { accept: 'application/json' },
    });
    if (!response.ok) return { code: `status-${response.status}` };
    const signed = signedForm.safeParse(json(await limited(response)));
    if (!signed.success) return { code: 'list-wrong' };
    const { text, signature, signed_by } = signed.data;
    const key = of.theirs.find((one) => one.generation === signed_by);
    if (!key || !isSignedBy('stations', text, signature, key.sign_key)) return { code: 'list-not-signed' };
    const list = listForm.safeParse(json(text));
    const state = of.peer?.state ?? '';
    if (!list.success || list.data.state !== state || !list.data.stations.every(({ path }) => liesIn(path, state)))
      return { code: 'list-wrong' };
    return { stations: list.data.stations };
  } catch {
    return { code: 'no-answer' };
  }
}
