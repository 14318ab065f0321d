// How the house itself is doing: told to an administrator and to Prometheus, without a word, a number or a place that belongs to anybody.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fileComplaint } from '#casework';
import {
  act,
  house,
  log,
  MEASURE_NAMES,
  measure,
  measuresText,
  nobody,
  read,
  startTracing,
  stopTracing,
  traced,
} from '#foundation';
import { complaintForm } from '#intake';
import { gauges, lastRuns, noteRun, overview, troubles } from '#operations';
import { exposition, mayBeLabel, TOLD_NAMES } from '../src/server/operations/exposition.ts';
import { LIMITS } from '../src/server/operations/rules.ts';
import { metricsText } from '../server/metrics.ts';
import { someComplaint } from '../e2e/complaint.ts';
import { type TestHouse, testHouse } from './house.ts';

const CANARY = 'कैनरी नाम';
const MOBILE = '9876501234';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05' });
});
afterAll(() => h.close());

const body = () =>
  complaintForm.parse(
    someComplaint({
      mobile: MOBILE,
      affected: { name: CANARY, age: 24, woman_or_girl: true },
      account: { text: `${CANARY} बस अड्डे पर` },
    }),
  );

describe('metrics', () => {
  test('count what is waiting and what is late, and name no person, no number and no place below a zone', async () => {
    await act(nobody, 'intake.file', (a) => fileComplaint(a, body()));
    await h.at('2026-03-06T09:00:00+05:30');
    const text = await metricsText(true);
    expect(text).toContain('itsso_callback_late{unit="in.up.kanpur_nagar"} 1');
    expect(text).toMatch(/itsso_vehicles_on_duty\{zone="in\.up\.kanpur_nagar\.[a-z_0-9]+"\} \d+/);
    expect(text).toMatch(/itsso_act_seconds_count\{deed="intake\.file",ended="done"\} \d+/);
    const { number } = (await h.sql<{ number: string | null }>('select number from casework.file'))[0] ?? {};
    for (const secret of [CANARY, MOBILE, 'कैनरी', number ?? MOBILE]) expect(text).not.toContain(secret);
    // four digits stand by chance in what was measured; in a name or a label they would be hers
    expect(text.replaceAll(/ [\d.e+-]+$/gm, '')).not.toContain(MOBILE.slice(-4));
    // labels are names of this program, codes and paths; never six digits in a row
    for (const [, label = ''] of text.matchAll(/="([^"]*)"/g)) expect(label).toMatch(/^(?!.*\d{6})[\x20-\x7e]{0,120}$/);
  });

  test('tell a label that may not be one as another', () => {
    for (const good of ['', 'in.up.kanpur_nagar', 'law', 'police-target']) expect(mayBeLabel(good), good).toBe(true);
    for (const bad of [CANARY, MOBILE, 'Asha Devi', 'a b', '"', '\n']) expect(mayBeLabel(bad), bad).toBe(false);
    expect(exposition([{ name: 'files_open', label: CANARY, value: 1 }])).toContain('{state="other"} 1');
    expect(exposition([{ name: 'not-in-the-table', label: '', value: 1 }])).toBe('\n');
  });

  test('are text that Prometheus reads: every line a comment or a sample, buckets that only grow', () => {
    measure('request_seconds', ['/x "y"\n', 'GET', '200'], 0.03);
    const lines = measuresText().trimEnd().split('\n');
    for (const line of lines)
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) itsso_[a-z_]+ .+|itsso_[a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\.)*",?)+\})? [0-9.e+-]+)$/,
      );
    const buckets = lines
      .filter((line) => line.includes('request_seconds_bucket') && line.includes('/x'))
      .map((line) => Number(line.split(' ').at(-1)));
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
  });

  test('are what the alert rules and the dashboard ask for', () => {
    const known = new Set([
      ...TOLD_NAMES,
      ...MEASURE_NAMES,
      ...[
        'resident_bytes',
        'heap_bytes',
        'up_seconds',
        'loop_delay_seconds',
        'clock_in_doubt',
        'clock_apart_seconds',
        'data_free_bytes',
        'log_unsealed_seconds',
      ].map((name) => `itsso_process_${name}`),
    ]);
    const root = path.resolve(import.meta.dirname, '..');
    const rules = readFileSync(path.join(root, 'ops/prometheus/alerts.yml'), 'utf8');
    const board = readFileSync(path.join(root, 'ops/grafana/itsso.json'), 'utf8');
    JSON.parse(board);
    for (const [name] of `${rules}${board}`.matchAll(/\bitsso_[a-z_]+/g)) expect(known.has(name), name).toBe(true);
    // every limit of the page is an alert, with the same number
    for (const { name, over, under } of LIMITS)
      expect(rules, name).toMatch(new RegExp(`itsso_${name}.*${over === undefined ? `< ${under}` : `> ${over}`}\\b`));
  });
});

describe('traces', () => {
  test('go to the collector with names and codes only, acts below the request that led to them', async () => {
    const heard: string[] = [];
    const collector = http.createServer((request, response) => {
      let text = '';
      request.on('data', (part) => (text += part));
      request.on('end', () => {
        heard.push(text);
        response.end('{}');
      });
    });
    await new Promise<void>((open) => collector.listen(0, '127.0.0.1', open));
    startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/` });
    await traced(
      'POST /api/v1/complaints',
      'server',
      () => act(nobody, 'intake.file', (a) => fileComplaint(a, body())),
      () => ({ 'http.response.status_code': '201' }),
      `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    );
    await expect(traced('GET /x', 'server', () => Promise.reject(new Error(CANARY)))).rejects.toThrow();
    await stopTracing();
    collector.close();
    const all = heard.join('');
    for (const secret of [CANARY, MOBILE, 'कैनरी']) expect(all).not.toContain(secret);
    const spans = heard.flatMap((text) => JSON.parse(text).resourceSpans[0].scopeSpans[0].spans);
    const request = spans.find((one) => one.name === 'POST /api/v1/complaints');
    const deed = spans.find((one) => one.name === 'intake.file');
    expect(request).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16), kind: 2 });
    expect(deed).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId });
    expect(BigInt(deed.endTimeUnixNano) - BigInt(deed.startTimeUnixNano)).toBeGreaterThan(0n);
    expect(spans.find((one) => one.name === 'GET /x')?.status).toEqual({ code: 2 });
  });
});

test('a collector that answers and takes nothing is told in the log', async () => {
  const collector = http.createServer((request, response) => {
    request.resume();
    response.statusCode = 503;
    response.end();
  });
  await new Promise<void>((open) => collector.listen(0, '127.0.0.1', open));
  const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
  startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` });
  await traced('GET /y', 'server', () => Promise.resolve());
  await stopTracing();
  expect(warned.mock.calls).toContainEqual([{ status: 503 }, 'traces were not taken']);
  warned.mockRestore();
  collector.close();
});

describe('the page of operations', () => {
  test('shows an administrator what needs somebody, runs and counts; another officer finds none of it', async () => {
    await act(house(), 'operations.backup', (a) =>
      noteRun(a, { kind: 'backup', took: 1200, ok: true, detail: { files: 3 } }),
    );
    await act(house(), 'operations.drill', (a) =>
      noteRun(a, { kind: 'drill', took: 900, ok: false, detail: { wrong: 1 } }),
    );
    const seen = await read(await h.as('administrator'), 'operations.look', overview);
    expect(seen.runs.map(({ kind, ok }) => [kind, ok])).toEqual(
      expect.arrayContaining([
        ['backup', true],
        ['drill', false],
      ]),
    );
    expect(troubles(seen.gauges).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['callback-late', 'run-failed', 'drill-never']),
    );
    const sho = await h.as('verma');
    expect(await read(sho, 'operations.look', gauges)).toEqual([]);
    expect(await read(sho, 'operations.look', lastRuns)).toEqual([]);
    expect(await read(nobody, 'operations.look', gauges).catch((error: { code: string }) => error.code)).toBe('42501');
  });

  test('a backup is late after a day and a half, a drill after eight days, and one that never was is said', () => {
    const aged = (hours: number) => [
      { name: 'run_age_seconds', label: 'backup', value: hours * 3600 },
      { name: 'run_age_seconds', label: 'drill', value: hours * 3600 },
    ];
    const codes = (hours: number) => troubles(aged(hours)).map(({ code }) => code);
    expect([codes(36), codes(37), codes(193)]).toEqual([[], ['backup-late'], ['backup-late', 'drill-late']]);
    expect(troubles([]).map(({ code }) => code)).toEqual(['backup-never', 'drill-never']);
  });
});
