import { Readable } from 'node:stream';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { house } from '#foundation';
import { openTray, readBatch, receive } from './cctns.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T10:00+05:30' });
  openTray(mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-')));
});
afterAll(() => h.close());

test('a file goes in', async () => {
  const text = `state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on
Uttar Pradesh,Kanpur Nagar,Kotwali,0412,2026,2026-01-05,,,"376(2)(n), 506 IPC r/w 5/6 POCSO",,
UP,कानपुर नगर,थाना कल्याणपुर,12/2026,,05.01.2026,,,64 BNS,CHARGE_SHEET,1/2/26
`;
  const id = await receive(house(), Readable.from([Buffer.from(text)]), 'default', { source: 'cli', name: 'a.csv' });
  await readBatch(id);
  console.log(
    await h.sql('select * from cctns.batch'),
    await h.sql('select * from cctns.fir'),
    await h.sql('select * from cctns.rejection'),
  );
  expect(1).toBe(1);
});
