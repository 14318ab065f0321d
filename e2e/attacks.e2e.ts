// What only a running server shows: forms of other sites, texts that would be programs, a session laid beforehand, and requests that are none.
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asForm } from './answers.ts';
import { someComplaint, someMobile } from './complaint.ts';
import { type RunningHouse, startHouse } from './house.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';
import { openWire } from './wire.ts';

// each would be a program where it is not a text; written in Latin, within Devanagari, and behind what turns or joins letters
const BARE = [
  '<script>itsso()</script>',
  '<img src=x onerror=itsso()>',
  '"><svg onload=itsso()>',
  "'-itsso()-'",
  '</textarea><b itsso>',
  '</title><b itsso>',
  '<!--><b itsso>-->',
  '{@html itsso}',
  '<a href="javascript:itsso()">',
  '<iframe srcdoc="<b itsso>">',
];
const CORPUS = BARE.flatMap((one) => [one, `आशा${one}क्षि`, `\u200d\u200c${one}\u2067अ`]);
const RUNS = /<(?:script|img|svg|b|a|iframe)\b[^>]*\bitsso|<script>itsso/i;

let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house?.discard());

test('no form of another site acts, whatever it calls its content', async () => {
  const token = await house.signIn('verma');
  const bodies = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json',
    '',
  ];
  for (const at of ['/', '/x', '/signin', '/desk', '/api/v1/complaints', '/api/v1/track/sessions', '/sandbox/sign-in'])
    for (const type of bodies)
      for (const site of ['cross-site', 'same-site']) {
        const answer = await fetch(house.url + at, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            origin: 'https://elsewhere.example',
            'sec-fetch-site': site,
            cookie: `__Host-p=${token}`,
            ...(type && { 'content-type': type }),
          },
          body: new TextEncoder().encode('do=start'),
        });
        expect([at, type, site, answer.status]).toEqual([at, type, site, 403]);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
});

test('a session that was laid before she or an officer came is not kept', async () => {
  const laid = 'A'.repeat(43);
  const wire = openWire(house.url);
  const started = await wire.post('/', [['do', 'start']], { cookie: `__Host-s=${laid}` });
  expect(started.cookies.join()).not.toContain(laid);
  const [one, two] = [await house.signIn('verma'), await house.signIn('verma')];
  expect(one).not.toBe(two);
  expect((await house.api('GET', '/me', undefined, { token: laid })).status).toBe(401);
});

test('what she types comes back as text in every field of her form', async () => {
  const wire = openWire(house.url);
  await wire.press('start');
  await wire.press('save', asForm({ screen: 'danger', danger_now: 'no' }));
  for (const text of CORPUS) {
    const said = await wire.press('save', asForm({ screen: 'name', name: text, guardian_name: text }));
    const again = await wire.press('change-name');
    for (const page of [said, again]) {
      expect(page.status).toBeLessThan(500);
      expect(page.text).not.toMatch(RUNS);
    }
  }
  expect(wire.answers.some(({ text }) => text.includes('itsso'))).toBe(true);
});

test('and as text before the officers of her file, and in her own', async () => {
  const all = CORPUS.join(' ');
  const mobile = someMobile();
  const filed = await house.api(
    'POST',
    '/complaints',
    someComplaint({
      mobile,
      where: { place_type: 'public', text: CORPUS.slice(0, 3).join(' ') },
      accused: [{ known: true, description: all.slice(0, 150), address: CORPUS[6] }],
      account: { text: all },
    }),
  );
  expect(filed.status, JSON.stringify(filed.json)).toBe(201);
  const number = await confirmByPhone(house, mobile);
  await asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, { step: 'receive' });
  const token = await house.signIn('suman');
  const { token: hers } = (await house.api('POST', '/track/sessions', { receipt: filed.json.receipt })).json;
  const said = await house.api('POST', '/track/messages', { text: all }, { token: hers, key: 'said-to-her-officer' });
  expect(said.status, JSON.stringify(said.json)).toBeLessThan(300);
  const [theirs, her] = [openWire(house.url), openWire(house.url)];
  for (const at of ['/desk', `/file/${number}`, `/file/${number}/messages`, `/file/${number}/diary`])
    await theirs.get(at, { cookie: `__Host-p=${token}` });
  await her.get('/', { cookie: `__Host-s=${hers}` });
  const pages = [...theirs.answers, ...her.answers];
  for (const { at, status, text } of pages) expect([at, status < 500, RUNS.test(text)]).toEqual([at, true, false]);
  expect(pages.filter(({ status }) => status === 200).length).toBeGreaterThan(2);
  // it stands there, or the look was at nothing
  expect(pages.some(({ text }) => text.includes('itsso()'))).toBe(true);
});

/** What the server says to bytes as they stand, in one connection. */
const raw = (bytes: string): Promise<string> =>
  new Promise((said) => {
    let heard = '';
    const socket = net.connect(Number(new URL(house.url).port), 'localhost', () => socket.write(bytes, 'latin1'));
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (part) => (heard += part.toString('latin1')));
    socket.on('error', () => said(heard));
    socket.on('close', () => said(heard));
  });
const STILL = 'Host: localhost\r\nConnection: close\r\n';

test.each([
  ['two lengths', `POST / HTTP/1.1\r\n${STILL}Content-Length: 4\r\nContent-Length: 40\r\n\r\ndo=x`],
  [
    'a length and pieces',
    `POST / HTTP/1.1\r\n${STILL}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['pieces of two kinds', `POST / HTTP/1.1\r\n${STILL}Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n`],
  ['a space before the colon', `GET / HTTP/1.1\r\n${STILL}X-Y : z\r\n\r\n`],
  ['a NUL in a header', `GET / HTTP/1.1\r\n${STILL}X-Y: a\0b\r\n\r\n`],
  ['a bare line', 'GET / HTTP/1.1\r\n\nHost: localhost\r\n\r\n'],
  ['headers of 100 KB', `GET / HTTP/1.1\r\n${STILL}X-Y: ${'a'.repeat(100_000)}\r\n\r\n`],
  ['a thousand cookies', `GET / HTTP/1.1\r\n${STILL}Cookie: ${'a=%00; '.repeat(1000)}\r\n\r\n`],
  ['bytes', String.fromCharCode(...Array.from({ length: 500 }, (_, n) => (n * 91) % 256))],
])('%s: refused or read as nothing, never a fall', async (_what, bytes) => {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(await raw(bytes))?.[1] ?? '400';
  expect(Number(status)).toBeLessThan(500);
  expect((await fetch(`${house.url}/health/ready`)).status).toBe(200);
});

test('headers by which a caller says who or where he is change no address and no cookie', async () => {
  const plain = await fetch(`${house.url}/signin`, { redirect: 'manual' });
  const posing = await fetch(`${house.url}/signin`, {
    redirect: 'manual',
    headers: {
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'host=elsewhere.example',
      'x-original-url': '/admin',
    },
  });
  expect(posing.status).toBe(plain.status);
  expect(posing.headers.get('location')).toBe(plain.headers.get('location'));
  expect(await posing.text()).not.toContain('elsewhere.example');
});

test('buttons that no page has, bodies that no script sends and marks out of other addresses are nobody’s fault', async () => {
  const wire = openWire(house.url);
  const told: string[] = [];
  const note = (what: string, { status }: { status: number }) => status >= 500 && told.push(`${what} ${status}`);
  for (const begun of [false, true]) {
    if (begun) await wire.press('start');
    for (const name of ['__proto__', 'constructor', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__lookupGetter__'])
      for (const deed of [name, `${name}:1`, `change-${name}`])
        note(`${deed} ${begun}`, await wire.post('/', [['do', deed]]));
  }
  for (const at of ['name', 'sound', 'raise', 'say', 'register'])
    note(
      `/sos?/${at}`,
      await wire.post(`/sos?/${at}`, Buffer.from('--x\r\nbroken'), {
        'content-type': 'multipart/form-data; boundary=x',
      }),
    );
  const cookie = (id: string) => house.signIn(id).then((token) => `__Host-p=${token}`);
  const [control, verma, crew] = [await cookie('control'), await cookie('verma'), await cookie('prv-1')];
  for (const at of ['/sos/live', '/sos/sound', '/sos-board/data', '/sos-board/missing', '/orders/data', '/room/talk'])
    for (const body of ['null', '[]', '5', '{"raise":null,"fixes":null}'])
      for (const who of [control, crew])
        note(
          `${at} ${body}`,
          await wire.post(at, Buffer.from(body), { 'content-type': 'application/json', cookie: who }),
        );
  for (const [at, who] of [
    ['/calendar?after=x', verma],
    ['/calendar?show=late&after=x', verma],
    ['/desk?after=x', verma],
    ['/search?from=0000-01-01', verma],
    ['/rapid-response?month=0000-01', control],
    ['/rapid-response/month.csv?month=0000-01', control],
  ] as const)
    note(at, await wire.get(at, { cookie: who }));
  expect(told).toEqual([]);
});
