// Her journey in its parts: what people get wrong on the way, what is kept, and what every page must say.
import { expect } from 'vitest';
import { anchor } from '#ui/anchor.ts';
import { words } from '#words';
import { answersOf, asForm, type Told } from './answers.ts';
import { openWire } from './wire.ts';
import { afterwards, fill, goOn, type HerPhone, lastStatus, look, press, said, typedOn, wrongly } from './her-phone.ts';

const devanagari = (digits: string): string =>
  digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x0966 + Number(digit)));

/** Step one: danger first, then about her; with what people get wrong. */
export async function aboutHer(phone: HerPhone, told: Told): Promise<void> {
  const { page } = phone;
  await wrongly(phone, {}, ['danger_now']);
  await goOn(phone, { danger_now: 'yes' });
  // the number to call comes before anything else there is to press, and one can go on
  expect(await page.locator('main :is(a, button)').first().getAttribute('href')).toBe('tel:112');
  await look(phone);
  await press(phone, 'go-on');
  await wrongly(phone, {}, ['relation', 'woman_or_girl']);
  await goOn(phone, answersOf(told, 'who'));
  await wrongly(phone, { name: 'A12', guardian_name: 'X', guardian_relation: '' }, ['name', 'guardian_relation']);
  await goOn(phone, answersOf(told, 'name'));
  await wrongly(phone, { age: '240', born_on_d: '31', born_on_m: '2', born_on_y: '2002' }, ['age', 'born_on_d']);
  await goOn(phone, answersOf(told, 'age'));
}

/** Steps two and three: reaching her, place and station. */
export async function reachingHer(phone: HerPhone, told: Told): Promise<void> {
  await wrongly(phone, { mobile: '12345', seen_by: 'nobody' }, ['mobile']);
  // back: what was typed is kept, right or wrong
  await press(phone, 'back');
  expect(await typedOn(phone)).toEqual(answersOf(told, 'age'));
  await press(phone, 'save');
  expect((await typedOn(phone)).mobile).toBe('12345');
  await goOn(phone, answersOf(told, 'phone'));
  await wrongly(phone, { modes: ['call', 'no_contact'], windows: [], window_from: '18', window_to: '9' }, [
    'modes',
    'window_to',
  ]);
  await goOn(phone, answersOf(told, 'contact'));
  await wrongly(phone, { code_word: 'ab' }, ['code_word']);
  await goOn(phone, answersOf(told, 'careful'));
  await wrongly(phone, { languages: [], email: 'someone' }, ['languages', 'email']);
  await goOn(phone, answersOf(told, 'language'));
  await wrongly(phone, { district: 'Atlantis', pin: '012', address: '<b>' }, ['district', 'pin']);
  await goOn(phone, answersOf(told, 'address'));
  await wrongly(phone, { station_choice: 'choose', station: 'Scotland Yard' }, ['station']);
  await goOn(phone, answersOf(told, 'station'));
}

/** Steps four and five up to the last page. */
export async function whatHappened(phone: HerPhone, told: Told): Promise<void> {
  await wrongly(phone, {}, ['happened']);
  await goOn(phone, answersOf(told, 'what'));
  await wrongly(phone, { precision: 'day', when_from_d: '31', when_from_m: '11', when_from_y: '2025' }, [
    'when_from_d',
  ]);
  await goOn(phone, answersOf(told, 'when'));
  await wrongly(phone, { place_type: 'online', place: '' }, ['place', 'url']);
  await goOn(phone, answersOf(told, 'where'));
  await look(phone);
  await press(phone, 'person-0');
  await wrongly(phone, { accused_name: 'K' }, ['known']);
  await goOn(phone, answersOf(told, 'person'));
  expect(await said(phone)).toContain(String(answersOf(told, 'person').accused_name));
  await look(phone);
  await press(phone, 'save');
  await wrongly(phone, { account_choice: 'write', account: '' }, ['account']);
  await goOn(phone, answersOf(told, 'account'));
  await look(phone);
  await goOn(phone, answersOf(told, 'evidence'));
  await wrongly(phone, { earlier_made: 'yes', earlier_number: '123456', earlier_year: '26' }, [
    'earlier_number',
    'earlier_year',
  ]);
  await goOn(phone, answersOf(told, 'earlier'));
  await look(phone);
  await goOn(phone, answersOf(told, 'needs'));
}

/** The last look, one change, the agreement, and off it goes. */
export async function sending(phone: HerPhone, told: Told): Promise<void> {
  const { page, lang } = phone;
  const w = words(lang).form.check;
  await look(phone);
  const shown = await said(phone);
  expect(shown).toContain(w.sealed);
  for (const [screen, name] of [
    ['name', 'name'],
    ['address', 'address'],
    ['careful', 'code_word'],
    ['phone', 'mobile'],
  ] as const)
    expect(shown, name).not.toContain(answersOf(told, screen)[name]);
  expect(shown).toContain('208017');
  await afterwards(phone, () => page.locator(`#${anchor('change-pin')}`).click());
  await look(phone);
  await goOn(phone, { pin: lang === 'hi' ? '२०८००१' : '208 001' });
  expect(await said(phone)).toContain(lang === 'hi' ? '२०८००१' : '208 001');
  await press(phone, 'send');
  expect(lastStatus(phone)).toBe(422);
  expect(await page.locator('.govuk-error-summary a').getAttribute('href')).toBe(`#${anchor('agreed')}`);
  await look(phone);
  await fill(phone, answersOf(told, 'check'));
  await press(phone, 'send');
}

/** The receipt: everything she must know, once. */
export async function receiptOf(phone: HerPhone): Promise<string> {
  const { page, lang } = phone;
  const w = words(lang).citizen.sent;
  const receipt = ((await page.locator('.its-code').textContent()) ?? '').replaceAll(/\D/g, '');
  expect(receipt).toMatch(/^\d{16}$/);
  expect(((await page.locator('.its-phrase').textContent()) ?? '').split(' · ')).toHaveLength(2);
  const text = await said(phone);
  for (const line of [w.onceStrong, w.phraseHangUp, w.smsAfter, w.callTarget, w.signLaw]) expect(text).toContain(line);
  expect(w.callTarget).toContain('22');
  expect(w.signLaw).toContain('3');
  await look(phone);
  // still there after a reload, in case the page was not seen; gone for good once she says that she has it
  await page.reload();
  expect(await said(phone)).toContain(receipt.slice(0, 4));
  // half of it, however it may be grouped: any four digits stand on a page by chance
  const digits = async () => (await page.content()).replaceAll(/\D/g, '');
  expect(await digits()).toContain(receipt.slice(4, 12));
  await press(phone, 'wrote-down');
  await look(phone);
  for (const again of [() => page.reload(), () => page.goBack(), () => page.goForward()]) {
    await again().catch(() => undefined);
    expect(await digits()).not.toContain(receipt.slice(4, 12));
  }
  return receipt;
}

/** In by the receipt: the door, the gate, the page. */
export async function following(phone: HerPhone, receipt: string): Promise<void> {
  const { page, lang } = phone;
  const w = words(lang);
  await page.goto(phone.home);
  await press(phone, 'door-receipt');
  await look(phone);
  await fill(phone, { receipt: '12' });
  await press(phone, 'open-receipt');
  expect(lastStatus(phone)).toBe(422);
  expect((await typedOn(phone)).receipt).toBe('12');
  await look(phone);
  await fill(phone, { receipt: `${receipt.slice(0, -4)}${receipt.endsWith('0000') ? '1111' : '0000'}` });
  await press(phone, 'open-receipt');
  expect(await said(phone)).toContain(w.reasons['receipt-not-found']);
  const groups = (receipt.match(/\d{4}/g) ?? []).join(' ');
  await fill(phone, { receipt: lang === 'hi' ? devanagari(groups) : groups.replaceAll(' ', '-') });
  await press(phone, 'open-receipt');
  await look(phone);
  expect(await said(phone)).toContain(w.citizen.gate.title);
  await press(phone, 'show');
  await look(phone);
  const text = await said(phone);
  for (const line of [
    w.track.title,
    w.track.noNumber,
    w.track.stageText.sent,
    w.track.next['call-back'],
    w.track.openingsNone,
  ])
    expect(text).toContain(line);
  expect(text.replaceAll(/\D/g, '')).not.toContain(receipt.slice(0, 8));
  expect(await page.locator('.its-desks li').count()).toBe(1);
}

/** As {@link upTo}, but the answers are sent without looking at the pages on the way. */
export async function quickTo(phone: HerPhone, told: Told, screen: string): Promise<void> {
  const wire = openWire(phone.home);
  const cookie = (await phone.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = (form: [string, string][]) => wire.post('/', form, { cookie });
  for (const one of told) {
    if (one.screen === screen) break;
    if (one.screen === 'person') await send([['do', 'person-0']]);
    const sent = await send([...asForm({ screen: one.screen, ...one.answers }), ['do', 'save']]);
    expect(sent.status, one.screen).toBe(303);
    if (one.screen === 'person')
      await send([
        ['screen', 'accused'],
        ['do', 'save'],
      ]);
  }
  await phone.page.goto(phone.home);
}

/** From the first question to a screen, every answer right. */
export async function upTo(phone: HerPhone, told: Told, screen: string): Promise<void> {
  for (const one of told) {
    if (one.screen === screen) return;
    if (one.screen === 'person') await press(phone, 'person-0');
    await goOn(phone, one.answers);
    if (one.screen === 'person') await press(phone, 'save');
  }
}
