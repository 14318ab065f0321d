// Links under which files are shown: bound to one reader's session, for a minute, unreadable, and nothing without the house's seal.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act } from '#foundation';
import { endMySession } from '#posts';
import { fromElsewhere } from '../src/routes/bytes-out.ts';
import { linkTo, openLink } from '../src/routes/shown-link.ts';
import { readSettings } from '../server/settings.ts';
import { type TestHouse, testHouse } from './house.ts';
import { storyIn } from './story.ts';

let h: TestHouse;
let number: string;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  number = await storyIn(h).confirmed();
});
afterAll(() => h.close());
const linked = () => ({ number, exhibit: 1, part: 'view' as const });
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);

test('a link says neither number nor session, and opens for its reader', async () => {
  const suman = await h.as('suman');
  const link = await linkTo(suman, linked());
  expect(link).toMatch(/^\/shown\/[A-Za-z0-9_-]{100,600}$/);
  const bytes = Buffer.from(tokenOf(link), 'base64url').toString('latin1');
  expect(bytes).not.toContain(number);
  expect(bytes).not.toContain(suman.secret ?? '-');
  const opened = await openLink(tokenOf(link));
  expect(opened?.linked).toEqual(linked());
  expect(opened?.actor).toMatchObject({ kind: 'officer', post: suman.kind === 'officer' ? suman.post : '' });
  // two links for the same are different
  expect(await linkTo(suman, linked())).not.toBe(link);
});

test('with one bit changed, cut or made up it is nothing', async () => {
  const token = tokenOf(await linkTo(await h.as('suman'), linked()));
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 0; at < bytes.length; at += 7) {
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ 1;
    expect(await openLink(other.toString('base64url'))).toBeUndefined();
  }
  for (const junk of ['', 'x', token.slice(0, -4), `${token}AAAA`, '../../etc', 'é'])
    expect(await openLink(junk)).toBeUndefined();
});

test('it is over after a minute, what is played after ten, and at once with the session', async () => {
  const kiran = await h.as('kiran');
  const [look, play] = [
    tokenOf(await linkTo(kiran, linked())),
    tokenOf(await linkTo(kiran, { ...linked(), part: 'play' })),
  ];
  await h.at('2026-01-05T10:02:00+05:30');
  expect(await openLink(look)).toBeUndefined();
  expect(await openLink(play)).toBeDefined();
  await act(kiran, 'test.end', endMySession);
  expect(await openLink(play)).toBeUndefined();
});

test('a host of its own has to be another one; our pages are then its neighbours, and nobody else', () => {
  const at = (site: string) => new Request('http://localhost/', { headers: { 'sec-fetch-site': site } });
  expect([fromElsewhere(at('same-site'), true), fromElsewhere(at('cross-site'), true)]).toEqual([true, true]);
  process.env.ITSSO_FILES_ORIGIN = 'https://files.example.in';
  try {
    expect([fromElsewhere(at('same-site'), true), fromElsewhere(at('same-site'))]).toEqual([false, true]);
    expect(fromElsewhere(at('cross-site'), true)).toBe(true);
  } finally {
    delete process.env.ITSSO_FILES_ORIGIN;
  }
  const from = (files: string) => () => readSettings({ ITSSO_ORIGIN: 'https://a.example', ITSSO_FILES_ORIGIN: files });
  expect(from('https://files.example')().files).toBe('https://files.example');
  for (const wrong of ['https://a.example', 'files.example', 'https://files.example/path'])
    expect(from(wrong)).toThrow(/ITSSO_FILES_ORIGIN/);
});
