import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, asHouse, house, read } from '#foundation';
import * as intake from '#intake';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const form = (form_id: string) =>
  intake.complaintForm.parse({
    form_id,
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { woman_or_girl: true, age: 24 },
    mobile: '9200000000',
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '10:00', to: '17:00' }] },
    address_now: { district: 'in.up.kanpur_nagar' },
    station: 'any',
    happened: ['stalking'],
    when: { precision: 'unknown' },
    where: { place_type: 'public', text: 'Kanariya market' },
    account: { defer: true },
    agreed: true,
    notice_version: '1',
  });
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });
const session = (opened: intake.Opened | intake.Refused): Promise<Actor> => h.citizen(intake.orRefuse(opened).token);

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(() => h.close());

describe('drafts', () => {
  const start = () => act(h.nobody, 'intake.start', (a) => intake.startDraft(a, { language: 'hi' }));
  const draft = (her: Actor) => read(her, 'intake.draft', (r) => intake.draftOf(r));
  const resume = (code: string, origin?: string) =>
    act(h.nobody, 'intake.resume', (a) => intake.resumeDraft(a, { resume: code }, { origin }));

  test('what she typed is kept sealed, laid over key by key, and found again by the twelve digits', async () => {
    const begun = await start();
    expect(begun.resume).toMatch(/^\d{12}$/);
    const her = await h.citizen(begun.token);
    await act(her, 'intake.save', (a) =>
      intake.saveDraft(a, { screen: 'name', values: { name: 'Kanariya', age: '24', gone: 1 } }),
    );
    await act(her, 'intake.save', (a) =>
      intake.saveDraft(a, { screen: 'phone', values: { age: '25', gone: null }, language: 'en' }),
    );
    const kept = {
      form_id: begun.form_id,
      language: 'en',
      values: { name: 'Kanariya', age: '25' },
      screen: 'phone',
      resume: begun.resume,
      filed: null,
    };
    expect(await draft(her)).toEqual(kept);
    for (const { t } of await h.sql<{ t: string }>('select d::text as t from intake.draft d')) {
      expect(t).not.toMatch(/kanariya/i);
      expect(t).not.toContain(Buffer.from('Kanariya').toString('hex'));
      expect(t).not.toContain(begun.resume);
    }
    expect(await draft(await session(await resume(begun.resume)))).toEqual(kept);
  });

  test('without a session, or with a wrong code, there is no draft', async () => {
    expect(await draft(h.nobody)).toBeUndefined();
    await expect(act(h.nobody, 'intake.save', (a) => intake.saveDraft(a, { screen: 'x', values: {} }))).rejects.toEqual(
      refused('session-over'),
    );
    for (let i = 0; i < 10; i++) expect(await resume('000000000000', '10.1.1.1')).toEqual({ refused: 'not-found' });
    const { resume: code } = await start();
    expect(await resume(code, '10.1.1.1')).toMatchObject({ refused: 'too-many' });
    expect(await resume(code, '10.1.1.2')).toHaveProperty('token');
    const crowd = await Promise.all(Array.from({ length: 25 }, () => resume('000000000000', '10.1.1.3')));
    expect(crowd.filter((one) => 'refused' in one && one.refused === 'not-found')).toHaveLength(10);
  });

  test('a discarded draft is gone with its session', async () => {
    const begun = await start();
    const her = await h.citizen(begun.token);
    await act(her, 'intake.discard', (a) => intake.discardDraft(a));
    expect(await draft(her)).toBeUndefined();
    expect(await resume(begun.resume)).toEqual({ refused: 'not-found' });
    expect(await h.sql('select 1 from intake.draft where form_id = $1', [begun.form_id])).toHaveLength(0);
  });

  test('a sent draft forgets what she typed, shows its receipt to the sending session alone, and only until she closes it', async () => {
    const begun = await start();
    const her = await h.citizen(begun.token);
    const elsewhere = await session(await resume(begun.resume));
    await act(her, 'intake.save', (a) => intake.saveDraft(a, { screen: 'check', values: { account: 'Kanariya' } }));
    const shown = { receipt: '', caller_phrase: 'कमल दीपक' };
    const made = await act(her, 'intake.file', async (a) => {
      const recorded = await asHouse(a, (x) => intake.recordComplaint(x, form(begun.form_id)));
      shown.receipt = recorded.receipt;
      expect(await intake.draftSent(a, { file: recorded.id, shown })).toBe(true);
      return recorded;
    });
    const now = await h.citizen(begun.token);
    expect(now).toMatchObject({ subject: made.id });
    expect(await draft(now)).toMatchObject({ values: {}, filed: shown });
    expect(await draft(elsewhere)).toBeUndefined();
    expect(await resume(begun.resume)).toEqual({ refused: 'not-found' });
    const byReceipt = await session(
      await act(h.nobody, 'intake.open', (a) => intake.openByReceipt(a, { receipt: made.receipt })),
    );
    expect(byReceipt).toMatchObject({ subject: made.id });
    expect(await draft(byReceipt)).toBeUndefined();
    await act(now, 'intake.close', (a) => intake.closeShown(a));
    expect(await draft(now)).toBeUndefined();
    expect(await h.sql('select 1 from intake.complaint where id = $1', [made.id])).toHaveLength(1);
  });

  test('pressed twice at once, both presses end with the one receipt, and nothing is refused', async () => {
    const begun = await start();
    const press = async () => {
      const her = await h.citizen(begun.token);
      await act(her, 'intake.save', (a) => intake.saveDraft(a, { screen: 'check', values: { account: 'Kanariya' } }));
      return act(her, 'intake.file', async (a) => {
        const made = await asHouse(a, (x) => intake.recordComplaint(x, form(begun.form_id)));
        await intake.draftSent(a, { file: made.id, shown: { receipt: made.receipt } });
        return made;
      });
    };
    const [one, two, three] = await Promise.all([press(), press(), press()]);
    expect(new Set([one.receipt, two.receipt, three.receipt]).size).toBe(1);
    const now = await h.citizen(begun.token);
    expect(await draft(now)).toMatchObject({ values: {}, filed: { receipt: one.receipt } });
    await act(now, 'intake.save', (a) => intake.saveDraft(a, { screen: 'check', values: { late: 'Kanariya' } }));
    expect(await draft(now)).toMatchObject({ values: {} });
  });

  test('a filing without a draft turns no session', async () => {
    const { id } = await act(house(), 'intake.record', (a) =>
      intake.recordComplaint(a, form('0196f0a0-0000-7000-8000-000000000009')),
    );
    expect(await act(h.nobody, 'intake.file', (a) => intake.draftSent(a, { file: id, shown: {} }))).toBe(false);
  });

  test('an unsent draft is erased seven days after it was last touched; the complaint stays', async () => {
    const before = (await h.sql('select 1 from intake.complaint')).length;
    const begun = await start();
    const day = (
      await h.sql<{ d: string }>(
        "select to_char(foundation.now() at time zone 'Asia/Kolkata' + interval '6 days', 'YYYY-MM-DD') as d",
      )
    )[0]!.d;
    await h.at(`${day}T09:00+05:30`);
    expect(await resume(begun.resume)).toHaveProperty('token');
    const later = Temporal.PlainDate.from(day).add({ days: 2 }).toString();
    await h.at(`${later}T09:00+05:30`);
    expect(await resume(begun.resume)).toEqual({ refused: 'not-found' });
    expect(await h.sql('select 1 from intake.draft where form_id = $1', [begun.form_id])).toHaveLength(0);
    expect((await h.sql('select 1 from intake.complaint')).length).toBe(before);
  });
});
