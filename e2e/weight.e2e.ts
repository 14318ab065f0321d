// What her pages weigh on the line: each of them, with its style sheet, fits into the first fourteen kilobytes that a server may send
// before it waits (ten packets), and none needs a script: the one there is comes after the page, and is weighed too. And what stands above every answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asForm, type Lang, type Told, wholeFiling } from './answers.ts';
import { someComplaint, someMobile } from './complaint.ts';
import { wrongHeaders } from './headers.ts';
import { type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { confirmByPhone, throughSixDesks } from './whole-case.ts';
import { openWire, type Wire, type WireAnswer } from './wire.ts';

const LIMIT = 14 * 1024;
/** Open to everybody, and often the first page that somebody sees: they must fit with their style sheet. */
const OPEN = ['/rights', '/rights/now', '/rights/refused', '/rights/child', '/help', '/help/near'];
/** The one module, fetched beside the page and run when the page is there. */
const MODULE = '<script type="module" src="/hers.js"></script>';
const MODULE_LIMIT = 3 * 1024;
/** What the video room needs, fetched when she opens it. */
const ROOM_LIMIT = 10 * 1024;
/** Pages to read at leisure, most often reached when the style sheet is there already: they must fit by themselves. */
const READING = ['/status', '/nothing-here'];

let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house?.discard());

type Weighed = {
  page: string;
  lang: Lang;
  page_bytes: number;
  css_bytes: number;
  icon_bytes: number;
  together: number;
};
const table: Weighed[] = [];
const seen: WireAnswer[] = [];

/** Weighs a page with what its head asks for. */
async function weigh(wire: Wire, page: string, lang: Lang, answer: WireAnswer): Promise<void> {
  expect(answer.headers['content-encoding'], page).toBe('br');
  const text = answer.text.replace(MODULE, '');
  expect(text, page).not.toMatch(/<script|javascript:|\son[a-z]+=/i);
  const sizes = { stylesheet: 0, icon: 0 };
  for (const [link] of answer.text.matchAll(/<link\b[^>]*>/g)) {
    const rel = /rel="([^"]+)"/.exec(link)?.[1];
    const href = /href="([^"]+)"/.exec(link)?.[1] ?? '';
    // told to search engines alone; nothing is fetched
    if (rel === 'canonical' || rel === 'alternate') continue;
    if (rel !== 'stylesheet' && rel !== 'icon') throw new Error(`${page} asks for ${link}`);
    const linked = await wire.get(href);
    expect(linked.status, href).toBe(200);
    expect(linked.text, href).not.toMatch(/url\(|@import/);
    sizes[rel] += linked.bytes;
  }
  expect(sizes.stylesheet, page).toBeGreaterThan(0);
  expect(text.match(/src=|url\(/g), page).toBeNull();
  // the icon is asked for when the page already stands there; its weight is printed beside
  const together = answer.bytes + sizes.stylesheet;
  table.push({ page, lang, page_bytes: answer.bytes, css_bytes: sizes.stylesheet, icon_bytes: sizes.icon, together });
}

/** One screen: with everything wrong that can be, then with her answers in it; ends on the next screen. */
async function weighScreen(wire: Wire, lang: Lang, screen: string, answers: [string, string][]): Promise<void> {
  const empty = await wire.press('save', [['screen', screen]]);
  await weigh(wire, `${screen}, empty`, lang, empty);
  // where nothing must be answered an empty screen leads on
  if (empty.status !== 422) await wire.press('back');
  await wire.press('save', [['screen', screen], ...answers]);
  await weigh(wire, screen, lang, await wire.press('back'));
  await wire.press('save', [['screen', screen], ...answers]);
}

/** Her whole form up to the last page. */
async function weighForm(wire: Wire, lang: Lang, told: Told): Promise<void> {
  await weigh(wire, 'danger, first', lang, await wire.press('start'));
  const danger = await wire.press('save', asForm({ screen: 'danger', danger_now: 'yes' }));
  await weigh(wire, 'danger: call 112', lang, danger);
  await wire.press('go-on');
  await wire.press('back');
  for (const { screen, answers } of told) {
    if (screen === 'check') return;
    if (screen !== 'person') {
      await weighScreen(wire, lang, screen, asForm(answers));
      continue;
    }
    await weigh(wire, 'people, nobody yet', lang, await wire.get('/'));
    await wire.press('person-0');
    await weigh(wire, 'person, empty', lang, await wire.press('save', [['screen', screen]]));
    const form: [string, string][] = [['screen', screen], ...asForm(answers)];
    await weigh(wire, 'people', lang, await wire.press('save', form));
    await weigh(wire, screen, lang, await wire.press('person-0'));
    await wire.press('save', form);
    await wire.press('save', [['screen', 'accused']]);
  }
}

/** The doors to what she has sent or begun. */
async function weighDoors(wire: Wire, lang: Lang): Promise<void> {
  await wire.press('door-receipt');
  await weigh(wire, 'door: receipt', lang, await wire.press('open-receipt', asForm({ receipt: '12' })));
  await wire.press('door-number');
  await weigh(wire, 'door: number', lang, await wire.press('ask-code', asForm({ number: '1', mobile: '2' })));
  await wire.press('ask-code', asForm({ number: '123456789012', mobile: someMobile() }));
  await weigh(wire, 'door: code', lang, await wire.press('open-number', asForm({ code: '1' })));
  await wire.press('door-resume');
  await weigh(wire, 'door: resume', lang, await wire.press('resume', asForm({ resume: '1' })));
}

/** Every page of her file that a page offers a button for, as it is when it is opened; each once. */
async function weighBehind(wire: Wire, lang: Lang, from: string, shown: WireAnswer): Promise<string[]> {
  const waiting = [...shown.text.matchAll(/value="(see-(?!case|code)[a-z]+)"/g)].map(([, button = '']) => button);
  const opened: string[] = [];
  for (let button = waiting.shift(); button; button = waiting.shift()) {
    if (opened.includes(button)) continue;
    opened.push(button);
    const page = await wire.press(button);
    await weigh(wire, `${from}: ${button.slice(4)}`, lang, page);
    waiting.push(...[...page.text.matchAll(/value="(see-(?!case|code)[a-z]+)"/g)].map(([, more = '']) => more));
  }
  return opened;
}

/** In by the receipt. */
async function weighTracking(
  wire: Wire,
  lang: Lang,
  receipt: string,
  page: string,
): Promise<{ tracking: WireAnswer; opened: string[] }> {
  await wire.press('door-receipt');
  await weigh(wire, 'gate', lang, await wire.press('open-receipt', asForm({ receipt })));
  const tracking = await wire.press('show');
  await weigh(wire, page, lang, tracking);
  const opened = await weighBehind(wire, lang, page, tracking);
  // and with everything wrong that can be
  for (const [see, send] of [
    ['see-messages', 'send-message'],
    ['see-concern', 'send-concern'],
    ['see-objection', 'send-objection'],
    ['see-feedback', 'send-feedback'],
    ['see-hearings', 'choose-time'],
  ] as const) {
    if (!opened.includes(see)) continue;
    await wire.press(see);
    await weigh(wire, `${page}: ${send}, empty`, lang, await wire.press(send));
  }
  await wire.press('leave');
  return { tracking, opened };
}

test.each(waysToWalk<Lang>('hi', 'en'))(
  'every page of hers, with its style sheet, is at most 14 KB on the line (%s)',
  async (lang) => {
    const wire = openWire(house.url);
    if (lang === 'en') await wire.get('/l/en');
    await weigh(wire, 'home', lang, await wire.get('/'));
    await weighForm(wire, lang, wholeFiling(lang));
    await weigh(wire, 'check answers', lang, await wire.get('/'));
    await weigh(wire, 'check answers, not agreed', lang, await wire.press('send', [['screen', 'check']]));
    await weigh(wire, 'finish later', lang, await wire.press('later', [['screen', 'check']]));
    await wire.press('go-on');
    const receipt = await wire.press('send', asForm({ screen: 'check', agreed: 'yes' }));
    expect(receipt.text).toContain('its-phrase');
    await weigh(wire, 'receipt', lang, receipt);
    await wire.press('wrote-down');
    await weighDoors(wire, lang);
    for (const at of [...OPEN, ...READING]) await weigh(wire, at, lang, await wire.get(at));

    const mobile = someMobile();
    const filed = await house.api('POST', '/complaints', someComplaint({ mobile, language: lang }));
    await weighTracking(wire, lang, filed.json.receipt, 'tracking, just filed');
    const number = await confirmByPhone(house, mobile);
    await throughSixDesks(house, number);
    const { tracking, opened } = await weighTracking(wire, lang, filed.json.receipt, 'tracking, six desks');
    expect(tracking.text.match(/<div class="its-desk">/g)).toHaveLength(6);
    const pages = ['concern', 'dates', 'ending', 'feedback', 'hearings', 'messages', 'objection', 'papers', 'visits'];
    expect(opened.toSorted()).toEqual(pages.map((page) => `see-${page}`));
    seen.push(...wire.answers);
    const heavy = (row: Weighed) => (READING.includes(row.page) ? row.page_bytes : row.together) > LIMIT;
    expect(table.filter((row) => row.lang === lang && heavy(row))).toEqual([]);
  },
);

test('what they weigh', async () => {
  console.table(table.map(({ page, lang, ...bytes }) => ({ page: `${page} (${lang})`, ...bytes })));
  const module = await openWire(house.url).get('/hers.js');
  const packed = Number(module.headers['content-length']);
  console.log(`the module they do without: ${packed} bytes, ${module.bytes} with what stands above it`);
  expect(module.headers['content-encoding']).toBe('br');
  expect(packed).toBeLessThanOrEqual(MODULE_LIMIT);
  const heaviest = Math.max(...table.filter(({ page }) => !READING.includes(page)).map(({ together }) => together));
  console.log(
    `${table.length} pages; the heaviest ${heaviest} bytes with its style sheet, ${LIMIT - heaviest} below ${LIMIT}`,
  );
  // each in Hindi, and in English too in the long run
  expect(table.length).toBeGreaterThan(60);
});

test('the room is apart: its first page fits like any other, its scripts come once', async () => {
  const wire = openWire(house.url);
  const page = await wire.get('/room');
  expect(page.status).toBe(200);
  await weigh(wire, 'room: the code', 'hi', page);
  expect(table.at(-1)?.together).toBeLessThanOrEqual(LIMIT);
  const scripts = await Promise.all(['/hearing.js', '/hearing-quality.js'].map((at) => wire.get(at)));
  expect(scripts.map(({ status }) => status)).toEqual([200, 200]);
  const bytes = scripts.reduce((sum, one) => sum + one.bytes, 0);
  console.log(`the scripts of the room: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(ROOM_LIMIT);
});

/** What is no form, at every page that takes one: each says so. */
async function noForms(wire: Wire): Promise<WireAnswer[]> {
  const pages = ['/', '/signin?/enter', '/signin/passkey?/enter', '/signin/passkey?/choose', '/sandbox?/clock'];
  const answers: WireAnswer[] = [];
  for (const at of pages) {
    for (const type of ['text/plain', 'application/json', 'multipart/form-data'])
      answers.push(await wire.post(at, Buffer.from('do=start'), { 'content-type': type }));
  }
  expect(answers.filter(({ status }) => status !== 400 && status !== 415)).toEqual([]);
  return answers;
}

test('above every answer stands what keeps it safe, also above those that refuse', async () => {
  const wire = openWire(house.url);
  const huge = Buffer.from(`do=save&name=${'x'.repeat(300_000)}`);
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const refused = [
    await wire.get('/nothing-here'),
    await wire.get('/_app/immutable/nothing.css'),
    await wire.get('/icon.svg'),
    await wire.get('/track'),
    await wire.get('/x'),
    await wire.get('/desk'),
    await wire.get('/signin'),
    await wire.get('/health/live'),
    await wire.get('/health/ready'),
    await wire.get('/api/v1/track', json),
    await wire.get('/api/v1/nothing', json),
    await wire.post('/api/v1/complaints', Buffer.from('{"a":'), json),
    await wire.post('/api/v1/complaints', huge, json),
    await wire.post('/', huge),
    ...(await noForms(wire)),
    await wire.post('/', [['do', 'start']], { origin: 'https://elsewhere.example' }),
    await wire.post('/', [['do', 'start']], { 'sec-fetch-site': 'cross-site' }),
    await wire.get('/%00'),
    await wire.get('/%c0%af'),
  ];
  expect(refused.filter(({ status }) => status >= 500)).toEqual([]);
  expect(seen.length).toBeGreaterThan(100);
  expect([...new Set([...seen, ...wire.answers].flatMap(wrongHeaders))]).toEqual([]);
});
