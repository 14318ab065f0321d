// Files of other systems as they come in and are read, and what has become of their rows: for the tests of that room.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { batchNow, type Mapping, openTray, readBatch, receive, rejectionsOf } from '#cctns';
import { act, house } from '#foundation';
import type { TestHouse } from './house.ts';

export const HEAD =
  'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on\n';
export const KOTWALI = 'in.up.kanpur_nagar.east.circle_1.kotwali';

/** The verbs of an import in one house, with a tray of its own. */
export function importsIn(house_of: () => TestHouse) {
  const tray = mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-'));
  openTray(tray);
  const come = (bytes: Buffer | string, mapping: string | Mapping = 'default') =>
    receive(house(), Readable.from([Buffer.from(bytes)]), mapping, { source: 'cli', name: 'test' });
  const state = (id: string) => act(house(), 'test.look', (a) => batchNow(a, id));
  async function bring(bytes: Buffer | string, mapping: string | Mapping = 'default') {
    const id = await come(bytes, mapping);
    await readBatch(id);
    const { read, added, changed, unchanged, rejected, repaired, fault } = await state(id);
    return { id, counts: [read, added, changed, unchanged, rejected], repaired, fault };
  }
  const refused = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const part of rejectionsOf(house(), id))
      found.push(...part.map((row) => `${row.line} ${row.field} ${row.code} ${row.value}`));
    return found;
  };
  const fir = (where: string) =>
    house_of().sql(`select unit::text as unit, fir_number, year, recorded_at::text as recorded_at, sections, unread, basis, due_on::text as due_on, report_kind,
      report_on::text as report_on, complaint_file, version, original from cctns.fir where ${where}`);
  return { tray, come, state, bring, refused, fir };
}
