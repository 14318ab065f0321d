// A batch is read: a piece of the file, its rows, one act; and the next. Whoever begins again begins where the last act ended.
import { act, house, type Act, faultOf, log } from '#foundation';
import { istDay } from '#law';
import { listUnits } from '#posts';
import { directoryOf, type Directory, knownPlaces } from './directory.ts';
import { type Layout, layoutOf } from './mapping.ts';
import { firstLine, piecesOf, type Piece } from './records.ts';
import { LEASE } from './rules.ts';
import { type Fault, type FaultCode, meaningOf, type Ready, type Reader, readerOf } from './rows.ts';
import * as store from './store.ts';
import * as known from './store-known.ts';
import { takeAway, trayFile } from './tray.ts';

/** How many rows an act takes in: few enough to be quick, many enough that the act itself costs nothing. */
const ROWS_AN_ACT = 20_000;
const AGAIN_AN_ACT = 2000;
const TOLD_AN_ACT = 5000;

/** The places of India stand in the tables before the first row names one. */
export async function loadPlaces(h: Act): Promise<void> {
  const places = knownPlaces();
  if ((await known.knownPlaceCount(h)) < places.length) await known.addPlaces(h, places);
}

// the figures hear of it in parts, after the rows are in: what tells them must not hold the reading up
async function tellAll(id: string): Promise<void> {
  for (let told = TOLD_AN_ACT; told > 0; )
    told = await act(
      house(),
      'cctns.tell-figures',
      async (h) => {
        await store.withoutWaiting(h);
        await store.changeBatch(h, id, { next_at: h.now.add(LEASE) });
        return store.tellFigures(h, id, TOLD_AN_ACT);
      },
      { subject: id },
    );
}

type Prepared = { batch: store.Batch; layout: Layout; reader: Reader; directory: Directory; all_new: boolean };

/**
 * Reads a batch to its end, from wherever it was left.
 * @throws what a piece threw: the batch stays open, and somebody goes on with it when its lease has run out
 */
export async function readBatch(id: string): Promise<void> {
  const prepared = await prepare(id);
  if (!prepared) return;
  const { batch, layout } = prepared;
  const file = trayFile(id);
  let writing: Promise<void> | undefined;
  for await (const piece of piecesOf(file, { byte: batch.at_byte, line: batch.at_line }, layout.delimiter)) {
    const ready = judge(piece, prepared);
    // one piece is read and judged while the one before is written
    await writing;
    writing = write(prepared, ready);
    // a failure is met at the next turn; it is no unhandled one until then
    writing.catch(() => undefined);
  }
  await writing;
  await tellAll(id);
  await act(house(), 'cctns.finish-batch', (h) => store.changeBatch(h, id, { state: 'done', ended_at: h.now }), {
    subject: id,
  });
  await takeAway(id);
}

async function prepare(id: string): Promise<Prepared | undefined> {
  const begun = await act(
    house(),
    'cctns.begin-batch',
    async (h) => {
      const batch = await store.lockBatch(h, id);
      if (!batch) return undefined;
      await loadPlaces(h);
      await store.changeBatch(h, id, { state: 'reading', next_at: h.now.add(LEASE) });
      const stations = (await listUnits(h, { levels: ['station'] })).map(({ id: unit, path, name_hi, name_en }) => ({
        id: unit,
        path,
        name_hi,
        name_en,
      }));
      const decided = await known.decidedPlaces(h);
      return {
        batch,
        stations,
        decided: new Map(decided.map(({ path, becomes }) => [path, becomes ?? path])),
        means: new Map((await known.decidedPieces(h)).map(({ text, means }) => [text, means ?? ''])),
        today: istDay(h.now).toString(),
      };
    },
    { subject: id },
  );
  if (!begun) return undefined;
  const { batch, today, means } = begun;
  const layout = batch.layout ?? (await readHeader(batch));
  if (!layout) return undefined;
  const directory = directoryOf(begun.stations, begun.decided);
  return { batch, layout, directory, all_new: true, reader: readerOf({ today, layout, means, place: directory.find }) };
}

/** The first line says where what stands. A file that lacks a column it cannot be read without has failed, and says which. */
async function readHeader(batch: store.Batch): Promise<Layout | undefined> {
  const { text, bytes } = await firstLine(trayFile(batch.id));
  const found = layoutOf(text, batch.mapping);
  return act(
    house(),
    'cctns.read-header',
    async (h) => {
      if ('missing' in found) {
        await store.addRejections(
          h,
          found.missing.map((field, n) => ({
            batch: batch.id,
            line: 1,
            n,
            field,
            value: '',
            code: 'columns-missing' satisfies FaultCode,
          })),
        );
        await store.changeBatch(h, batch.id, { state: 'failed', ended_at: h.now, fault: 'columns-missing' });
        await takeAway(batch.id);
        return undefined;
      }
      const { layout } = found;
      // of a table the header is no row
      const after = layout.kind === 'csv' ? { at_byte: bytes, at_line: 1 } : { at_byte: 0, at_line: 0 };
      Object.assign(batch, after);
      await store.changeBatch(h, batch.id, { layout, ...after });
      return layout;
    },
    { subject: batch.id },
  );
}

/** A piece, judged: what goes in, what does not, what is new about places and sections. */
type Judged = {
  piece: Piece;
  /** rows in the order of the file, in parts in which no number comes twice */
  parts: Ready[][];
  rejections: store.Rejection[];
  repaired: number;
  same: number;
};

function judge(piece: Piece, { batch, reader, layout }: Prepared): Judged {
  const parts: Ready[][] = [];
  const rejections: store.Rejection[] = [];
  let part = new Map<string, Ready>();
  let [repaired, same] = [0, 0];
  const reject = (line: number, faults: readonly Fault[]) =>
    rejections.push(
      ...faults.map(({ field, value, code }, n) => ({
        batch: batch.id,
        line,
        n,
        field: layout.heads[field] ?? field,
        value: value.replaceAll('\0', '').toWellFormed(),
        code,
      })),
    );
  for (const { line, fields } of piece.rows) {
    const judged = reader(line, fields);
    if ('faults' in judged) {
      reject(line, judged.faults);
      continue;
    }
    const { ready } = judged;
    if (ready.original) repaired++;
    const key = `${ready.unit} ${ready.year} ${ready.fir_number}`;
    const before = part.get(key);
    if (before && isSame(before, ready)) {
      same++;
      continue;
    }
    // the same number again, and not the same: the later line corrects the earlier one, so it has to come after it
    if (before || part.size >= ROWS_AN_ACT) {
      parts.push([...part.values()]);
      part = new Map();
    }
    part.set(key, ready);
  }
  parts.push([...part.values()]);
  return { piece, parts, rejections, repaired, same };
}

const isSame = (one: Ready, other: Ready): boolean =>
  one.recorded_at === other.recorded_at &&
  one.offence_from === other.offence_from &&
  one.offence_to === other.offence_to &&
  one.sections_text === other.sections_text &&
  one.report_kind === other.report_kind &&
  one.report_on === other.report_on;

async function write(prepared: Prepared, judged: Judged): Promise<void> {
  const { batch, layout, directory } = prepared;
  const { piece, parts, rejections, repaired, same } = judged;
  const from_byte = batch.at_byte;
  await act(
    house(),
    'cctns.take-piece',
    async (h) => {
      await store.withoutWaiting(h);
      await known.addPlaces(h, directory.strangers());
      await known.addUnread(h, [...new Set(parts.flat().flatMap((row) => row.meaning.unread))]);
      await store.addRejections(h, rejections);
      for (const [n, rows] of parts.entries()) {
        const whole = n === 0;
        const progress = {
          batch: batch.id,
          from_byte: whole ? from_byte : piece.to_byte,
          to_byte: piece.to_byte,
          to_line: piece.to_line,
          read: whole ? piece.rows.length : 0,
          rejected: whole ? new Set(rejections.map(({ line }) => line)).size : 0,
          repaired: whole ? repaired : 0,
          same: whole ? same : 0,
        };
        if (!layout.reports) {
          const says = { keep_report: layout.at.report_kind === undefined, all_new: prepared.all_new };
          prepared.all_new = await store.take(h, progress, rows, says);
          continue;
        }
        const unknown = new Set(await store.takeReports(h, progress, rows));
        await store.addRejections(
          h,
          rows
            .filter(({ line }) => unknown.has(line))
            .map(({ line, fir_number }) => ({
              batch: batch.id,
              line,
              n: 0,
              field: layout.heads.fir_number ?? 'fir_number',
              value: fir_number,
              code: 'fir-unknown',
            })),
        );
      }
      await store.changeBatch(h, batch.id, { next_at: h.now.add(LEASE) });
    },
    { subject: batch.id },
  );
  batch.at_byte = piece.to_byte;
}

/** Reads a batch as a job: a failure leaves it to the next one, and says so in the log without a word of the rows. */
export async function readOn(id: string): Promise<void> {
  try {
    await readBatch(id);
  } catch (error) {
    // somebody else reads it, or the database was away: the lease decides who goes on
    log.warn({ batch: id, ...faultOf(error) }, 'a batch stands still');
  }
}

/** FIRs with a piece that has been decided are read again, some in each act, until none has it. */
export async function readAgain(piece: string): Promise<void> {
  for (let more = true; more; ) {
    more = await act(
      house(),
      'cctns.read-again',
      async (h) => {
        const text = (await known.unreadById(h, piece))?.text;
        if (text === undefined) return false;
        const means = new Map((await known.decidedPieces(h)).map((one) => [one.text, one.means ?? '']));
        const rows = await known.firsWith(h, text, AGAIN_AN_ACT);
        if (rows.length > 0)
          await known.reread(
            h,
            rows.map(({ id, sections_text, recorded_at, offence_from }) => ({
              id,
              ...meaningOf(sections_text, recorded_at.toString(), means, offence_from?.toString()),
            })),
          );
        return rows.length === AGAIN_AN_ACT;
      },
      { subject: piece },
    );
  }
}
