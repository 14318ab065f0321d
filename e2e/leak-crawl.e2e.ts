// One complaint with a word of its own in every field; then everybody reads everything. Each word turns up only where a rule says that it
// may, and where a rule says that it must: else the crawl would find nothing because it came nowhere.
import { readdirSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../test/pdf-text.ts';
import { asForm } from './answers.ts';
import { ALL_DAY, someComplaint, someMobile } from './complaint.ts';
import { wrongHeaders } from './headers.ts';
import { type Json, type RunningHouse, startHouse } from './house.ts';
import { CANARIES, doorAt, type Known, PAGES, QUERIES } from './leak-map.ts';
import { isCrawled, MAY_SHOW } from './leak-rules.ts';
import { alarm, speak, untilClosed } from './leak-words.ts';
import { leaks, tablesWith } from './leaks.ts';
import { asOfficer, codeFor, confirmByPhone } from './whole-case.ts';
import { openWire, type Wire } from './wire.ts';

const secrets: Record<string, string> = { ...CANARIES, mobile: someMobile(), reporterMobile: someMobile() };
/** Who gets answers packed, as a browser does: somebody without a session, the holder of the file, herself. */
const PACKED = new Set(['nobody', 'khan', 'her']);
const KALYANPUR = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';

let house: RunningHouse;
let hooks: http.Server;
let number = '';
let closed = { number: '', receipt: '' };
let known: Omit<Known, 'post'>;
const told: string[] = [];
/** what every answer carries beside its body: addresses, cookies, marks */
const carried: string[] = [];
/** `word | who | where` */
const seen = new Set<string>();
const headless = new Set<string>();
let asked = 0;

type Reader = { who: string; token: string | undefined; kind: 'page' | 'api' | 'both'; post: string; wire?: Wire };
let readers: Reader[] = [];

async function story(): Promise<void> {
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  const cast = (await house.api('GET', '/sandbox/cast')).json as Json[];
  const postOf = (id: string): string => cast.find((one) => one.id === id)?.post;
  const admin = await house.signIn('administrator');
  const form = { name: 'Crawl', contact_post: postOf('state'), channel: 'up-cop', rights: ['file'] };
  const { id: client, token } = (await house.api('POST', '/admin/clients', form, { token: admin })).json;
  const url = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/told`;
  expect((await house.api('PUT', `/admin/clients/${client}/webhook`, { url }, { token: admin })).status).toBe(200);

  const filed = await fetch(`${house.url}/api/v1/complaints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'client-token': token },
    body: JSON.stringify(
      someComplaint({
        channel: 'up-cop',
        reporter: { relation: 'friend', name: secrets.reporter, mobile: secrets.reporterMobile },
        affected: { woman_or_girl: true, name: secrets.name, guardian_name: secrets.guardian, age: 24 },
        mobile: secrets.mobile,
        safe_contact: {
          modes: ['call', 'sms'],
          windows: ALL_DAY,
          voicemail: false,
          code_word: secrets.word,
        },
        email: secrets.email,
        address_now: { district: 'in.up.kanpur_nagar', text: secrets.address },
        station: KALYANPUR,
        when: { from: '2026-01', precision: 'month', note: secrets.when },
        where: { place_type: 'online', text: secrets.place, url: `https://${secrets.url}/x` },
        accused: [{ known: true, name: secrets.accused, description: secrets.looks, address: secrets.lives }],
        account: { text: `${secrets.account} and more` },
        earlier: { station: secrets.station, officer: secrets.officer, year: 2025 },
      }),
    ),
  });
  expect(filed.status, 'filed').toBe(201);
  secrets.receipt = ((await filed.json()) as Json).receipt;
  number = await confirmByPhone(house, `${secrets.mobile}`);
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: now, place: 'home' });
  await step('verma', {
    step: 'register-fir',
    fir_number: '777',
    year: Number(now.slice(0, 4)),
    recorded_at: now,
    offence_on: now.slice(0, 10),
    sections: [{ act: 'BNS', section: '78' }],
  });
  await step('verma', { step: 'assign', to_post: postOf('khan'), note: secrets.reason });
  await step('khan', { step: 'diary', text: secrets.diary });
  await step('khan', { step: 'explain-delay', kind: 'fsl-awaited', text: secrets.delay });
  // past the two months, and into her hours whatever time of day the crawl is run at
  const began = Temporal.Instant.from(now).toZonedDateTimeISO('Asia/Kolkata');
  await house.advance(began.until(began.add({ days: 62 }).with({ hour: 10 }), { largestUnit: 'hours' }).toString());
  await speak(house, secrets, { number, receipt: `${secrets.receipt}`, help_desk: postOf('suman') });
  closed = await untilClosed(house, secrets);
  await alarm(house, secrets);
  readers = [
    { who: 'nobody', token: undefined, kind: 'both', post: postOf('verma') },
    ...(await Promise.all(
      cast
        .filter(({ id }) => isCrawled(id))
        .map(async (one): Promise<Reader> => {
          const { status, json } = await house.api('POST', '/sandbox/sign-in', { id: one.id });
          expect(status, one.id).toBe(200);
          return {
            who: one.id,
            token: json.token,
            kind: one.kind === 'machine' ? 'api' : 'both',
            post: one.post ?? postOf('verma'),
          };
        }),
    )),
  ];
  // he who holds the file opens her identity and prints a paper that names her; both stand open in his session only
  const khan = readers.find(({ who }) => who === 'khan')?.token;
  const asKhan = async (method: string, at: string, body?: Json): Promise<Json> => {
    const { status, json } = await house.api(method, `/files/${number}${at}`, body, { token: khan });
    expect(status, `${at} ${JSON.stringify(json)}`).toBeLessThan(300);
    return json;
  };
  await asKhan('POST', '/identity', { purpose: 'investigation' });
  const { papers } = await asKhan('GET', '/documents');
  const named = papers.find((one: Json) => one.names_her && one.why_not === null);
  const { items } = await asKhan('POST', '/documents', { kind: named.kind, language: 'en', purpose: 'investigation' });
  known = { number, paper: items[0].id, exhibit: '1', code: items[0].code ?? 'none', client };
}

const remember = (who: string, where: string, text: string): void => {
  asked++;
  for (const word of leaks(secrets, text)) seen.add(`${word} | ${who} | ${where}`);
};

async function look(reader: Reader, where: string, at: string, api: boolean): Promise<void> {
  const headers: Record<string, string> = api
    ? reader.token
      ? { authorization: `Bearer ${reader.token}` }
      : {}
    : { accept: 'text/html', ...(reader.token ? { cookie: `__Host-p=${reader.token}; __Host-l=en` } : {}) };
  // the others ask for it unpacked: it is the same, and packing it for all of them would be a twentieth of the crawl
  if (!PACKED.has(reader.who)) headers['accept-encoding'] = 'identity';
  const response = await fetch(house.url + at, { headers, redirect: 'manual' });
  const bytes = Buffer.from(await response.arrayBuffer());
  for (const wrong of wrongHeaders({
    at: where,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    cookies: response.headers.getSetCookie(),
  }))
    headless.add(wrong);
  carried.push(JSON.stringify([...response.headers]), decodeURIComponent(response.headers.get('location') ?? ''));
  const text = bytes.subarray(0, 5).toString() === '%PDF-' ? JSON.stringify(textOf(bytes)) : bytes.toString('utf8');
  remember(reader.who, where, text);
}

/** Every route of the pages, from the folders themselves. */
function routes(folder: string): string[] {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    /^\+(page\.svelte|page\.server\.ts|server\.ts)$/.test(entry.name)
      ? [
          path
            .relative(folder, entry.parentPath)
            .split(path.sep)
            .filter((part) => !part.startsWith('('))
            .join('/'),
        ]
      : [],
  );
  return [...new Set(found.map((one) => `/${one}`))].filter((one) => !one.startsWith('/api/')).sort();
}

beforeAll(async () => {
  hooks = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    told.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((ready) => hooks.listen(0, '127.0.0.1', ready));
  house = await startHouse({ env: { ITSSO_LOG: 'info' } });
  await story();
  const doors = (await house.api('GET', '/openapi.json')).json;
  const work: (() => Promise<void>)[] = [];
  for (const reader of readers) {
    const mine = { ...known, post: reader.post };
    // everything as it is for the first case; of the second what an address with a number in it shows
    for (const [file, all] of [
      [mine, true],
      [{ ...mine, number: closed.number }, false],
    ] as const) {
      const wanted = (where: string) => all || where.includes('number');
      if (reader.kind !== 'api')
        for (const route of routes('src/routes').filter(wanted))
          for (const at of PAGES[route]?.(file) ?? []) work.push(() => look(reader, route, at, false));
      for (const [door, { get }] of Object.entries<Json>(doors.paths)) {
        const at = get && wanted(door) && doorAt(door, file);
        if (at) work.push(() => look(reader, `GET ${door}`, `/api/v1${at}${QUERIES[door] ?? ''}`, true));
      }
    }
  }
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = work.shift(); next; next = work.shift()) await next();
    }),
  );
  await asHerself(`${secrets.receipt}`);
  await asHerself(closed.receipt);
}, 900_000);
afterAll(async () => {
  await house?.discard();
  hooks?.close();
});

/** She opens her file by her receipt, reads every page that stands behind it, and all of it over the API. */
async function asHerself(receipt: string): Promise<void> {
  const her = openWire(house.url);
  await her.press('door-receipt');
  await her.press('open-receipt', asForm({ receipt }));
  const tracking = await her.press('show');
  expect(tracking.text).toContain('its-desk');
  const buttons = [...tracking.text.matchAll(/name="do" value="([a-z-]+)"/g)].map(([, name]) => name ?? '');
  for (const button of new Set(buttons)) if (!['leave', 'exit'].includes(button)) await her.press(button);
  for (const { text, headers, cookies } of her.answers) {
    remember('her', '/', text);
    carried.push(JSON.stringify(headers), decodeURIComponent(cookies.join('\n')));
  }
  const { token } = (await house.api('POST', '/track/sessions', { receipt })).json;
  const { get } = (await house.api('GET', '/openapi.json')).json.paths['/track'];
  expect(get).toBeTruthy();
  for (const [door, line] of Object.entries<Json>((await house.api('GET', '/openapi.json')).json.paths)) {
    const at = line.get && doorAt(door, { ...known, post: readers[0]?.post ?? '' });
    if (at)
      await look(
        { who: 'her', token, kind: 'api', post: '' },
        `GET ${door}`,
        `/api/v1${at}${QUERIES[door] ?? ''}`,
        true,
      );
  }
}

test('every page and every door is on the map', async () => {
  expect(routes('src/routes').filter((route) => !PAGES[route])).toEqual([]);
  const { paths } = (await house.api('GET', '/openapi.json')).json;
  const strange = Object.entries<Json>(paths).filter(([at, { get }]) => get && !doorAt(at, { ...known, post: 'x' }));
  expect(strange.map(([at]) => at)).toEqual([]);
  expect(readers.length).toBeGreaterThan(24);
  expect(asked).toBeGreaterThan(1500);
});

test('each word stands only where it may', () => {
  const allowed = new Set(
    MAY_SHOW.flatMap(({ what, who, where }) =>
      what.flatMap((word) => who.flatMap((one) => where.map((at) => `${word} | ${one} | ${at}`))),
    ),
  );
  expect([...seen].filter((one) => !allowed.has(one)).sort()).toEqual([]);
});

test('and where it must stand, the crawl has found it', () => {
  const wanted = MAY_SHOW.filter(({ must }) => must).flatMap(({ what, who, where }) =>
    what.flatMap((word) => who.flatMap((one) => where.map((at) => `${word} | ${one} | ${at}`))),
  );
  expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
  expect(wanted.length).toBeGreaterThan(10);
});

test('above every answer to everybody stands what keeps it safe', () => {
  expect([...headless].sort()).toEqual([]);
});

test('an administrator reads no case, at no page and no door', () => {
  // the practice phone is everybody's; production has none
  const practice = /\| \/sandbox/;
  expect([...seen].filter((one) => one.includes(' | administrator | ') && !practice.test(one))).toEqual([]);
  expect(readers.some(({ who }) => who === 'administrator')).toBe(true);
});

test('no address, header or cookie carries any of it', () => {
  expect(leaks(secrets, carried.join('\n'))).toEqual([]);
});

test('no line of the log has any of it', () => {
  expect(house.log().split('\n').length).toBeGreaterThan(1500);
  expect(leaks({ ...secrets, number }, house.log())).toEqual([]);
});

test('what a client is told has none of it, nor the number', () => {
  expect(told.length).toBeGreaterThan(3);
  expect(leaks({ ...secrets, number }, told.join('\n'))).toEqual([]);
  expect(told.join('\n')).not.toMatch(/"(state|stage|number|receipt)"/);
});

test('an SMS has none of it but the code that was asked for', async () => {
  await codeFor(house, `${secrets.mobile}`, 8);
  const messages = (await house.messagesTo(`${secrets.mobile}`)).map(({ text }) => text);
  expect(messages.length).toBeGreaterThan(1);
  expect(leaks({ ...secrets, number }, messages.join('\n'))).toEqual([]);
});

test('in the database it lies nowhere in clear but on the practice phone', async () => {
  const { found, rows } = await tablesWith(house.data, (text) => leaks(secrets, text));
  expect(rows).toBeGreaterThan(500);
  expect(found).toEqual({ 'notify.sandbox_sent': ['mobile'] });
});
