// The whole path by its pages alone: she files, an operator calls, the station signs and registers, an officer inquires, two approve,
// the report goes to court, the case is closed – and she sees at every stage where it lies. Without script in Hindi on a phone,
// and in the long run with script in English at a desk.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { answersOf, type Lang, wholeFiling } from './answers.ts';
import { quickTo, upTo } from './her-journey.ts';
import { fill, type HerPhone, herPhone, look, press, said } from './her-phone.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import {
  beginShift,
  endShift,
  findFile,
  follow,
  lookAt,
  type Officer,
  openFile,
  openSeal,
  takeStep,
  type Ways,
  writeDiary,
} from './officer.ts';
import { codeFor } from './whole-case.ts';

/** On a machine that is busy with other things. */
const SLOWEST_MS = 400_000;

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

// every screen is walked by filing.e2e.ts; here, but for the long run, her answers go to the same pages without being drawn
const answerUpTo = process.env.ITSSO_LONG ? upTo : quickTo;

type Hers = { receipt: string; phrase: string; word: string };

/** She files by the pages; returns what only she knows. */
async function file(her: HerPhone, mobile: string): Promise<Hers> {
  await press(her, 'start');
  const told = wholeFiling(her.lang, { mobile });
  await answerUpTo(her, told, 'check');
  await fill(her, { agreed: ['yes'] });
  await press(her, 'send');
  await look(her);
  const receipt = ((await her.page.locator('.its-code').textContent()) ?? '').replaceAll(/\D/g, '');
  const phrase = (await her.page.locator('.its-phrase').textContent()) ?? '';
  await press(her, 'wrote-down');
  return { receipt, phrase, word: String(answersOf(told, 'careful')['code_word']) };
}

type Seen = { stage: keyof ReturnType<typeof words>['track']['stages']; with: string; desks: number };

/** What she sees: the stage, who has it, and every desk so far. */
async function sees(her: HerPhone, receipt: string, expected: Seen): Promise<string> {
  const { page } = her;
  const w = words(her.lang).track;
  await page.goto(her.home);
  await press(her, 'door-receipt');
  await fill(her, { receipt });
  await press(her, 'open-receipt');
  await press(her, 'show');
  await look(her);
  const at = `she sees ${expected.stage}`;
  expect(await page.locator('.its-stages [aria-current=step]').textContent(), at).toContain(w.stages[expected.stage]);
  const cast: Json[] = (await house.api('GET', '/sandbox/cast', undefined, { lang: her.lang })).json;
  const holder = cast.find(({ id }) => id === expected.with);
  const desk = page.locator('.its-desks li').last();
  if (holder.kind === 'callback') {
    expect(await desk.textContent(), at).toContain(w.hereNow);
  } else {
    expect(await page.locator('.its-now').first().textContent(), at).toContain(holder.name);
    expect(await desk.textContent(), at).toContain(holder.name);
    expect(await desk.textContent(), at).toContain(holder.post_name);
  }
  expect(await page.locator('.its-desks li').count(), at).toBe(expected.desks);
  const text = await said(her);
  await press(her, 'leave');
  return text;
}

/** The call: taken, connected, her two words said, her code checked. Returns the number she is told. */
async function callBack(savita: Officer, mobile: string, { phrase, word }: Hers): Promise<string> {
  const { page } = savita;
  expect(new URL(page.url()).pathname).toBe('/callbacks');
  const row = `tbody tr:has(:text("${mobile.slice(-4)}"))`;
  expect(await page.content()).not.toContain(mobile);
  await follow(savita, `${row} form[action="?/take"] button`);
  expect(await page.locator('a[href^="tel:"]').getAttribute('href')).toBe(`tel:+91${mobile}`);
  expect(await page.locator('input[name=code]').count(), 'no code before the call is connected').toBe(0);
  expect(await page.content(), 'nor her word').not.toContain(word);
  await follow(savita, 'form[action="?/connect"] button');
  expect(((await page.locator('.script .phrase').textContent()) ?? '').trim()).toBe(phrase.trim());
  expect(await page.locator('.script .code-word').textContent(), 'the word she may say').toContain(`“${word}”`);
  expect(await page.content(), 'the number is not shown longer than it is needed').not.toContain(mobile);
  const code = await codeFor(house, mobile, 8);
  await page.fill('input[name=code]', code === '12345678' ? '87654321' : '12345678');
  await follow(savita, 'form[action="?/check"] button');
  expect(await page.locator('[role=status]').textContent()).toContain('4');
  await page.fill('input[name=code]', `${code.slice(0, 4)} ${code.slice(4)}`);
  await follow(savita, 'form[action="?/check"] button');
  const number = ((await page.locator('.big').textContent()) ?? '').replaceAll(/\D/g, '');
  expect(number).toMatch(/^\d{12}$/);
  return number;
}

const TABLE: { how: string; lang: Lang; ways: Ways; mobile: string; fir: string }[] = [
  {
    how: 'without script, in Hindi, on phones',
    lang: 'hi',
    ways: { script: false, lang: 'hi', width: 360 },
    mobile: '9876511111',
    fir: '411',
  },
  {
    how: 'with script, in English, at desks',
    lang: 'en',
    ways: { script: true, lang: 'en', width: 1280 },
    mobile: '9876522222',
    fir: '412',
  },
];

// in the other language, with script, the officers' part is walked by officers.e2e.ts and hers by filing.e2e.ts; the long run walks it whole
test.each(process.env.ITSSO_LONG ? TABLE : TABLE.slice(0, 1))(
  'from her phone to a closed case, $how',
  async ({ lang, ways, mobile, fir }) => {
    const w = words(lang);
    const her = await herPhone(browser, house.url, { script: ways.script, lang });
    const shift = (who: string) => beginShift(browser, house, who, ways);
    const hers = await file(her, mobile);
    const { receipt } = hers;
    let page = await sees(her, receipt, { stage: 'sent', with: 'savita', desks: 1 });
    expect(page).toContain(w.track.noNumber);

    // what she typed as all day ends a minute before midnight: then nobody may call
    if ((await house.advance('PT2H')).slice(11, 15) === '23:5') await house.advance('PT10M');
    const savita = await shift('savita');
    const number = await callBack(savita, mobile, hers);
    await savita.page.goto(`${house.url}/file/${number}`);
    expect(await savita.page.locator('main').textContent(), 'an operator never sees the file').not.toContain(fir);
    await savita.context.close();
    page = await sees(her, receipt, { stage: 'called', with: 'suman', desks: 2 });
    expect(page).toContain((number.match(/\d{4}/g) ?? []).join(' '));
    expect(page).toContain(w.track.purposes['call-back']);

    await house.advance('PT3H');
    const suman = await shift('suman');
    await openFile(suman, number);
    await takeStep(suman, number, 'receive');
    await takeStep(suman, number, 'sign', { place: 'home' });
    await endShift(suman);
    page = await sees(her, receipt, { stage: 'on-record', with: 'suman', desks: 2 });

    // what waits for the officer in charge shows on his desk, though it lies on the help desk's
    const verma = await shift('verma');
    await openFile(verma, number);
    await takeStep(verma, number, 'register-fir', {
      fir_number: fir,
      offence_on: '26-9-2026',
      'sections.0.act': 'BNS',
      'sections.0.section': '64(1)',
    });
    page = await sees(her, receipt, { stage: 'inquiry', with: 'suman', desks: 2 });
    expect(page).toContain(`${fir}/`);
    expect(page).toContain(w.common.law);
    await findFile(verma, number);
    const cast: Json[] = (await house.api('GET', '/sandbox/cast')).json;
    await takeStep(verma, number, 'assign', { to_post: cast.find(({ id }) => id === 'khan').post });
    await verma.context.close();
    await sees(her, receipt, { stage: 'inquiry', with: 'khan', desks: 3 });

    await house.advance('P6DT4H');
    const khan = await shift('khan');
    await openFile(khan, number);
    await writeDiary(khan, 'मौके पर गए, नक्शा बनाया। Went to the place.');
    await takeStep(khan, number, 'statement', {
      kind: 'police',
      by: 'SI Rekha',
      woman_officer: 'yes',
      audio_video: 'yes',
    });
    const told = wholeFiling(lang);
    const name = String(answersOf(told, 'name').name);
    expect(await khan.page.content(), 'sealed').not.toContain(name);
    expect(await openSeal(khan, 'investigation')).toContain(name);
    expect(await khan.page.content(), 'sealed again').not.toContain(name);
    page = await sees(her, receipt, { stage: 'inquiry', with: 'khan', desks: 3 });
    expect(page).toContain(w.track.purposes.investigation);
    expect(page).toContain(w.track.openingsSome(3));
    await khan.context.close();

    await house.advance('P20DT1H');
    const again = await shift('khan');
    await openFile(again, number);
    await takeStep(again, number, 'submit-report', { kind: 'charge-sheet' });
    await again.page.goto(`${house.url}/desk`);
    await lookAt(again);
    expect(await again.page.locator(`a[href="/file/${number}"]`).count(), 'it has left his desk').toBe(0);
    await again.context.close();
    await sees(her, receipt, { stage: 'report', with: 'verma', desks: 4 });

    const sho = await shift('verma');
    await openFile(sho, number);
    await takeStep(sho, number, 'approve-report');
    await sees(her, receipt, { stage: 'report', with: 'singh', desks: 5 });
    const singh = await shift('singh');
    await openFile(singh, number);
    await takeStep(singh, number, 'approve-report');
    await singh.context.close();
    await sees(her, receipt, { stage: 'report', with: 'verma', desks: 6 });
    await openFile(sho, number);
    await takeStep(sho, number, 'forward-report', { court: 'CJM, Kanpur Nagar' });
    page = await sees(her, receipt, { stage: 'court', with: 'verma', desks: 6 });
    expect(page).toContain(w.track.report['charge-sheet']);
    await openFile(sho, number);
    await takeStep(sho, number, 'close', { outcome: 'convicted' });
    page = await sees(her, receipt, { stage: 'court', with: 'verma', desks: 6 });
    expect(page).toContain(w.track.outcomes.convicted);
    expect(page).toContain(w.track.next.nothing);
    await sho.context.close();
    await her.context.close();
  },
  SLOWEST_MS,
);
