// CCTNS over the API: who may, what streams in, how far it is, what was refused, what waits to be decided.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openTray } from '#cctns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

let h: TestHouse;
let machine = '';
let admin = '';
beforeAll(async () => {
  openTray(mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-')));
  h = await testHouse({ at: '2026-03-10T10:00+05:30' });
  machine = (await h.as('cctns')).secret ?? '';
  admin = (await h.as('administrator')).secret ?? '';
});
afterAll(() => h.close());

const HEAD =
  'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on\n';
const csv = (raw: string, token: string, key?: string, query = '') =>
  ask(`POST /cctns/batches${query}`, {
    token,
    raw: HEAD + raw,
    type: 'text/csv; charset=utf-8',
    ...(key ? { key } : {}),
  });
const look = (batch: string, token = machine) => ask(`GET /cctns/batches/${batch}`, { token });

test('a machine with the right, or an administrator, brings a file in and sees what became of it', async () => {
  const row =
    'UP,Kanpur Nagar,Kotwali,1,2026,2026-01-05,,,64 BNS,,\nUP,Kanpur Nagar,Nowhere,2,2026,2026-01-05,,,"376",,\nUP,Kanpur Nagar,Kotwali,3,2026,05.13.2026,,,=1+1,,\n';
  const begun = await csv(row, machine, undefined, '?name=january.csv');
  expect(begun.status, begun.text).toBe(202);
  const { batch } = begun.body;
  await h.jobs();
  const { body } = await look(batch);
  expect(body).toMatchObject({
    state: 'done',
    read: 3,
    accepted: 2,
    unchanged: 0,
    rejected: 1,
    name: 'january.csv',
    source: 'api',
  });
  const list = await ask(`GET /cctns/batches/${batch}/rejections`, { token: admin });
  expect(list.text.split('\r\n')).toEqual([
    'line,column,value,code,message',
    '4,recorded_at,05.13.2026,not-a-day,There is no such date',
    expect.stringMatching(/^exported by,Administrator,2026-03-10T\d\d:\d\d:\d\dZ,[0-9a-f]{12}$/),
    '',
  ]);
  expect((await ask('GET /cctns/batches', { token: admin })).body.items).toMatchObject([{ batch }]);

  const waiting = (await ask('GET /cctns/waiting', { token: admin })).body;
  expect(waiting).toMatchObject({
    places: [{ level: 'station', name: 'Nowhere', firs: 1 }],
    places_in_all: 1,
    pieces: [{ text: '376', firs: 1 }],
    pieces_in_all: 1,
  });
  const decide = { path: waiting.places[0].path, is: 'in.up.kanpur_nagar.east.circle_1.kotwali' };
  expect((await ask('POST /cctns/places', { token: admin, body: decide })).body).toEqual({ firs: 1 });
  expect(
    (await ask('POST /cctns/pieces', { token: admin, body: { id: waiting.pieces[0].id, means: '64 BNS' } })).status,
  ).toBe(202);
  await h.jobs();
  expect((await ask('GET /cctns/waiting', { token: admin })).body).toMatchObject({ places: [], pieces: [] });
  expect(await h.sql(`select unit::text as unit, basis from cctns.fir where fir_number = '2'`)).toEqual([
    { unit: decide.is, basis: 'law' },
  ]);
});

test('the same key is the same batch; the same key with another file is refused', async () => {
  const row = 'UP,Agra,Sadar,1,2026,2026-01-05,,,64 BNS,,\n';
  const first = await csv(row, machine, 'batch-one-0001');
  const again = await csv(row, machine, 'batch-one-0001');
  expect(again.body.batch).toBe(first.body.batch);
  const other = await csv(`${row}UP,Agra,Sadar,2,2026,2026-01-05,,,64 BNS,,\n`, machine, 'batch-one-0001');
  expect([other.status, other.body.code]).toEqual([409, 'key-used-differently']);
  await h.jobs();
  expect(await h.sql(`select count(*)::int as n from cctns.fir where unit::text like 'in.up.agra.%'`)).toEqual([
    { n: 1 },
  ]);
});

test('a mapping is kept under a name, and a file read by it', async () => {
  const says = {
    columns: {
      state: { value: 'Goa' },
      district: 'd',
      station: 's',
      fir_number: 'n',
      recorded_at: 'on',
      sections: 'x',
    },
  };
  expect((await ask('PUT /cctns/mappings/goa', { token: machine, body: says })).status).toBe(200);
  expect((await ask('GET /cctns/mappings', { token: machine })).body.items).toEqual([
    'default',
    'goa',
    'iif-hindi',
    'iif-v',
    'karnataka',
  ]);
  const raw = '{"d":"North Goa","s":"Mapusa","n":"3/2026","on":"2026-02-01","x":"74 BNS"}\n';
  const begun = await ask('POST /cctns/batches?mapping=goa', { token: machine, raw, type: 'application/x-ndjson' });
  await h.jobs();
  expect((await look(begun.body.batch)).body).toMatchObject({ state: 'done', accepted: 1 });
  const unknown = await csv('', machine, undefined, '?mapping=atlantis');
  expect(unknown.body.fields).toMatchObject([{ path: 'mapping', code: 'mapping-unknown' }]);
});

test('nobody else brings anything in or sees anything of it', async () => {
  const sho = (await h.as('verma')).secret ?? '';
  const sms = (await h.as('sms')).secret ?? '';
  for (const token of [sho, sms]) {
    expect((await csv('', token)).status).toBe(403);
    expect((await ask('GET /cctns/mappings', { token })).status).toBe(403);
  }
  expect((await ask('GET /cctns/batches', { token: sho })).status).toBe(403);
  expect((await ask('GET /cctns/waiting', { token: sho })).status).toBe(403);
  expect((await ask('POST /cctns/batches', { raw: HEAD, type: 'text/csv' })).status).toBe(401);
  expect((await ask('POST /cctns/batches', { token: machine, raw: HEAD, type: 'application/pdf' })).status).toBe(415);
  expect((await look('00000000-0000-7000-8000-000000000000')).status).toBe(404);
});
