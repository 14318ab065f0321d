// Who keeps the house running: the page of operations, a backup and a drill beside the running house, and numbers at a door of their own.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { freePorts } from '../ops/stack/programs.ts';
import { someComplaint } from './complaint.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow } from './officer.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
let house: RunningHouse;
let browser: Browser;
let port: number;
let store: string;
beforeAll(async () => {
  [port = 0] = await freePorts(1);
  store = `/tmp/itsso-backups-${randomUUID()}`;
  const env = { ITSSO_METRICS_PORT: String(port), ITSSO_BACKUP: store };
  [house, browser] = await Promise.all([startHouse({ env }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
  for (const folder of [store, `${house.data}-again`]) rmSync(folder, { recursive: true, force: true });
});

const command = (data: string, ...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((done) => {
    // the log is signed under the house's own address
    const env = { ...process.env, ITSSO_DATA: data, ITSSO_BACKUP: store, PORT: new URL(house.url).port };
    const child = spawn(process.execPath, ['cli/itsso.ts', ...args], { cwd: ROOT, env });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (text) => (said += text));
    child.once('close', (code) => done({ code, said }));
  });

test('an administrator sees that there was never a backup, makes one, brings it back, and sees that too', async () => {
  expect((await house.api('POST', '/complaints', someComplaint(), { key: randomUUID() })).status).toBe(201);
  const w = words('hi').staff.operations;
  const officer = await beginShift(browser, house, 'administrator', { lang: 'hi', script: false, width: 360 });
  await follow(officer, 'nav a[href="/admin/operations"]');
  expect(await officer.page.content()).toContain(w.troubles['backup-never']);
  // at the post that answers it is said too, before it is overdue
  await officer.page.goto(`${house.url}/attention`);
  const before = await officer.page.locator('section[aria-labelledby="upkeep"] li').allTextContents();
  expect(before.filter((one) => one.includes(w.upkeep.why.never))).toHaveLength(2);
  const kept = await command(house.data, 'backup');
  expect(kept, kept.said).toMatchObject({ code: 0, said: expect.stringContaining('Keep them apart') });
  const drilled = await command(house.data, 'drill');
  expect(drilled, drilled.said).toMatchObject({
    code: 0,
    said: expect.stringMatching(/signed log checked[\s\S]*as in the running house/),
  });
  await officer.page.goto(`${house.url}/admin/operations`);
  const page = await officer.page.content();
  expect(page).toContain(w.kinds.drill);
  // a clock that has not jumped has jumped by nothing, and not by a little
  const jump = officer.page.locator('tr', { hasText: w.gauges.clock_jump_seconds }).locator('td').last();
  expect((await jump.textContent())?.trim()).toBe('0');
  const part = async (name: string) =>
    (await officer.page.locator(`section[aria-label="${name}"]`).textContent()) ?? '';
  expect(await part(w.wrong)).not.toContain(w.troubles['backup-never']);
  // that it was is not forgotten
  expect(await part(w.rung.over)).toContain(w.troubles['backup-never']);
  // it is reported to the post that answers for it, and so is one that failed, where it counts as well
  const upkeep = async () => {
    await officer.page.goto(`${house.url}/attention`);
    return (await officer.page.locator('section[aria-labelledby="upkeep"]').textContent()) ?? '';
  };
  const well = await upkeep();
  expect(well).toContain(w.kinds.drill);
  // what was written in the seconds before the backup is left out of the comparison
  expect(well).toMatch(/[01] शिकायतें मिलाई गईं/);
  expect(well).not.toContain(w.upkeep.why.failed);
  expect(await command(house.data, 'operations', 'note', 'drill', 'failed')).toMatchObject({ code: 0 });
  expect(await upkeep()).toContain(w.upkeep.why.failed);
  const restored = await command(house.data, 'restore', `${house.data}-again`);
  expect(restored, restored.said).toMatchObject({ code: 0 });
  expect(readFileSync(`${house.data}-again/db/PG_VERSION`, 'utf8').trim()).toBe('18');
  // once more into the same place: it is not empty
  expect(await command(house.data, 'restore', `${house.data}-again`)).toMatchObject({
    code: 1,
    said: expect.stringContaining('not empty'),
  });
});

test('numbers are told at their own door, and not at the street; no other officer is told of the page', async () => {
  const told = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(told).toMatch(/^itsso_run_age_seconds\{kind="drill"\} [0-9.]+$/m);
  expect(told).toMatch(
    /^itsso_request_seconds_count\{route="\/api\/v1\/\[\.\.\.path\]",method="POST",status="201"\} 1$/m,
  );
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  expect((await fetch(`${house.url}/metrics`)).status).toBe(404);
  const officer = await beginShift(browser, house, 'verma', { lang: 'hi', script: false, width: 360 });
  const answer = await officer.page.goto(`${house.url}/admin/operations`);
  expect(answer?.status()).toBe(404);
});

test('the head of the State names who answers for backups, without script; what was before stays, and the one named is told what is wrong', async () => {
  const w = words('hi').staff.operations;
  const story = words('hi').sos.settings;
  const shared = words('hi').reasons;
  const open = (id: string, width: number) => beginShift(browser, house, id, { lang: 'hi', script: false, width });
  // whoever answers now has no form for it
  const administrator = await open('administrator', 360);
  await follow(administrator, 'nav a[href="/admin/operations"]');
  const form = (of: typeof administrator) => of.page.locator('form[action="?/answer"]');
  expect(await form(administrator).count()).toBe(0);

  const state = await open('state', 360);
  await follow(state, 'nav a[href="/admin/operations"]');
  // the money is the administrator's matter
  expect(await state.page.locator('form[action="?/budget"]').count()).toBe(0);
  await form(state).locator('#part').selectOption('backup');
  await form(state).locator('#reason').fill('प्रशासक का तबादला');
  const send = () => Promise.all([state.page.waitForEvent('load'), form(state).getByRole('button').click()]);
  await send();
  expect(await state.page.locator('#owner-error').textContent()).toContain(shared['choose-one']);
  expect(await form(state).locator('#part').inputValue()).toBe('backup');
  expect(await form(state).locator('#reason').inputValue()).toBe('प्रशासक का तबादला');
  const cp = (await house.api('GET', '/sandbox/cast')).json.find((one: { id: string }) => one.id === 'cp');
  await form(state).locator('#owner').selectOption(cp.post);
  await send();
  await state.page.getByText(w.answers.saved).waitFor();
  const history = state.page.locator('section[aria-labelledby="history"]');
  expect(await history.textContent()).toContain('प्रशासक का तबादला');
  expect(await history.textContent()).toContain(story.before);

  // the drill that was noted as failed is the administrator's; a backup that fails now is the commissioner's
  expect(await command(house.data, 'operations', 'note', 'backup', 'failed')).toMatchObject({ code: 0 });
  const commissioner = await open('cp', 1280);
  await commissioner.page.goto(`${house.url}/attention`);
  expect(await commissioner.page.locator('section[aria-labelledby="upkeep"]').textContent()).toContain(
    w.upkeep.why.failed,
  );
  await follow(commissioner, 'section[aria-labelledby="upkeep"] a[href="/admin/operations"]');
  expect(await commissioner.page.locator('section[aria-labelledby="answers"]').textContent()).toContain('पुलिस आयुक्त');
  expect(await form(commissioner).count()).toBe(0);
  // whoever is rung at night finds there what is broken, whom to ring, what to do and with which words
  const broken = commissioner.page
    .locator('.att > li', { hasText: w.troubles['run-failed'] })
    .filter({ hasText: `${w.kinds.backup} · ` });
  const said = (await broken.textContent()) ?? '';
  for (const text of [w.kinds.backup, w.rung.who, 'पुलिस आयुक्त', w.rung.todo['run-failed'], 'journalctl'])
    expect(said).toContain(text);
  expect(said).not.toContain(w.rung.just_now);
}, 120_000);
