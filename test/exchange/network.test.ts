// The line between two States' houses fails in every way it can, and everything that is no honest parcel is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attentionOf } from '#deadlines';
import { beginUpload, carryOn, drawId } from '#evidence';
import { endOwnKey, makeOwnKey } from '#exchange';
import { act, read } from '#foundation';
import { parts, said } from '../evidence-case.ts';
import { photo } from '../evidence-files.ts';
import { type OwnKey, refusal, type There, TO, twoStates } from './two-states.ts';
import { round } from './work.ts';

let w: Awaited<ReturnType<typeof twoStates>>;
beforeAll(async () => {
  w = await twoStates({ introduced: true });
  await round(w.h);
}, 120_000);
afterAll(() => w.close());

describe('a line that fails', () => {
  test.each(['cut', 'lost-answer', 'doubled', 'changed', 'broken-off'] as const)(
    '%s: tried again, received once',
    async (weather) => {
      const { h, story, line, send, signed, later, files } = w;
      const before = (await files()).length;
      const number = await signed();
      await send(number);
      line.weather(weather);
      await round(h);
      const during = await story.view('verma', number);
      if (weather === 'lost-answer') expect((await files()).length).toBe(before + 1);
      if (weather !== 'doubled') expect(during.handover).toMatchObject({ received: null, refused: null });
      line.weather('fine');
      await later({ minutes: 3 });
      await round(h);
      const after = await story.view('verma', number);
      expect(after.state).toBe('handed-over');
      expect((await files()).length).toBe(before + 1);
      expect((await files()).at(-1)?.number).toBe(after.handover?.received?.number);
    },
  );

  test('a part before its letter, and the same part twice: refused, then taken once', async () => {
    const { h, story, line, there, send, signed, later } = w;
    const number = await signed();
    const suman = await h.as('suman');
    const picture = await photo();
    const upload = drawId(undefined);
    await beginUpload(suman, { id: upload, number, size: picture.length, form: said('photo') });
    await carryOn(suman, upload, 0, parts(picture));
    await send(number);
    // the letter is kept back: what is recorded is sent before it
    line.weather('cut');
    await round(h);
    await h.sql("update exchange.parcel set received_at = foundation.now(), receipt = '{}' where received_at is null");
    await h.sql('update exchange.part set next_at = foundation.now() where received_at is null');
    line.weather('fine');
    await round(h);
    expect(await h.sql('select outcome from exchange.part where received_at is null')).toEqual([
      { outcome: 'parcel-unknown' },
    ]);
    await h.sql(
      "update exchange.parcel set received_at = null, receipt = null, next_at = foundation.now() where receipt = '{}'",
    );
    await later({ minutes: 3 });
    line.weather('doubled');
    await round(h);
    line.weather('fine');
    await later({ minutes: 3 });
    await round(h);
    const there_number = (await story.view('verma', number)).handover?.received?.number ?? '';
    expect((await there<There>({ ask: 'view', number: there_number })).exhibits).toHaveLength(1);
    expect(await h.sql('select n from exchange.part where received_at is null')).toEqual([]);
  });

  test('no answer for six hours: the post that holds it and the one above hear of it, once', async () => {
    const { h, story, line, mine, send, signed, later } = w;
    const number = await signed();
    await send(number);
    line.weather('cut');
    await round(h);
    const heard = async (who: string) =>
      (await read(await h.as(who), 'test.attention', attentionOf)).filter(
        (one) => one.number === number && one.rule === 'handover-late',
      ).length;
    expect(await heard('verma')).toBe(0);
    await later({ hours: 7 });
    await round(h);
    await round(h);
    expect([await heard('verma'), await heard('singh')]).toEqual([1, 1]);
    expect((await mine()).peers[0]?.waiting).toMatchObject({ n: 1 });
    line.weather('fine');
    await later({ hours: 2 });
    await round(h);
    expect((await story.view('verma', number)).state).toBe('handed-over');
  });
});

describe('what is refused', () => {
  test('a replay, a changed line, another’s signature, a stale one, an unknown house: each by its code, and nothing is kept', async () => {
    const { line, files } = w;
    const before = (await files()).length;
    const sent = line.passed.findLast(({ path: at, status }) => at.endsWith('/parcels') && status === 200)!;
    expect(await line.send(sent.path, sent.body)).toMatchObject({
      status: 409,
      code: expect.stringMatching(/parcel-(replayed|stale)/),
    });
    const [head = '', signature = ''] = sent.body.toString('latin1').split('\n');
    const rest = sent.body.subarray(head.length + signature.length + 2);
    const envelope = (change: Record<string, unknown>, sign = signature) =>
      Buffer.concat([Buffer.from(`${JSON.stringify({ ...JSON.parse(head), ...change })}\n${sign}\n`), rest]);
    for (const [change, code] of [
      [{ from: 'in.rj' }, 'peer-unknown'],
      [{ to: 'in.rj' }, 'parcel-not-ours'],
      [{ signed_by: 9 }, 'peer-key-unknown'],
      [{ sent_at: '2026-02-02T00:00:00Z' }, 'signature-wrong'],
      [{ parcel: '00000000-0000-4000-8000-000000000000' }, 'signature-wrong'],
      [{ kind: 'letter' }, 'parcel-malformed'],
    ] as const)
      expect((await line.send(sent.path, envelope(change))).code, JSON.stringify(change)).toBe(code);
    expect((await line.send(sent.path, Buffer.from('not an envelope\n\n'))).code).toBe('parcel-malformed');
    expect((await line.send(sent.path, Buffer.alloc(10_000, 120))).code).toBe('parcel-malformed');
    expect((await line.send('/api/v1/exchange/parts', sent.body)).code).toBe('parcel-malformed');
    expect((await files()).length).toBe(before);
  });

  test('a station that house does not have: refused for good, raised, and the file may go elsewhere', async () => {
    const { h, story, send, signed } = w;
    const number = await signed();
    await h.sql(
      "insert into posts.station_abroad (path, state, name_hi, name_en, district_hi, district_en, said_at) values ('in.mp.gone.gone', 'in.mp', 'गया', 'Gone', 'गया', 'Gone', foundation.now())",
    );
    await send(number, 'in.mp.gone.gone');
    await round(h);
    const refused = await story.view('verma', number);
    expect(refused).toMatchObject({ state: 'transferred', handover: { refused: 'no-such-station', received: null } });
    const raised = (await read(await h.as('verma'), 'test.attention', attentionOf)).filter(
      (one) => one.number === number,
    );
    expect(raised.map(({ rule }) => rule)).toContain('handover-refused');
    await story.step('verma', number, { step: 'send-on', to_unit: TO, reason: 'its right station' });
    await round(h);
    expect((await story.view('verma', number)).state).toBe('handed-over');
  });

  test('keys change on both sides without a gap: two are good at once, and what an ended one signs or opens is refused', async () => {
    const { h, story, line, back, there, admin, mine, list, send, signed, later } = w;
    // ours: a second generation, confirmed there; then the first is ended here
    await act(await admin(), 'exchange.make-key', makeOwnKey);
    const second = (await mine()).own[0]!;
    expect(second.generation).toBe(2);
    expect(await refusal(act(await admin(), 'exchange.make-key', makeOwnKey))).toBe('two-keys-already');
    const number = await signed();
    await send(number);
    await round(h);
    expect(
      await h.sql(
        "select outcome from exchange.parcel where received_at is null and given_up_at is null and kind = 'zero-fir'",
      ),
    ).toEqual([{ outcome: 'peer-key-unknown' }]);
    await there({ ask: 'peer', ...second, address: back.address });
    await there({ ask: 'end-peer-key', generation: 1 });
    await act(await admin(), 'exchange.end', (a) => endOwnKey(a, 1));
    expect(await refusal(act(await admin(), 'exchange.end', (a) => endOwnKey(a, 2)))).toBe('last-key');
    await later({ minutes: 3 });
    await round(h);
    expect((await story.view('verma', number)).state).toBe('handed-over');
    // theirs: sealed to the old one while it is good, to the new one when it is listed; ended, the old one opens nothing
    const theirs = await there<OwnKey>({ ask: 'key' });
    const next = await signed();
    await send(next);
    await round(h);
    expect(
      await h.sql(
        "select outcome from exchange.parcel where received_at is null and given_up_at is null and kind = 'zero-fir'",
      ),
    ).toEqual([{ outcome: 'receipt-wrong' }]);
    await list(theirs);
    await there({ ask: 'end-own', generation: 1 });
    await later({ minutes: 3 });
    await round(h);
    expect((await story.view('verma', next)).state).toBe('handed-over');
    const sealed = line.passed.findLast(({ path: at }) => at.endsWith('/parcels'))!;
    expect(JSON.parse(sealed.body.toString('latin1').split('\n')[0]!)).toMatchObject({ signed_by: 2, sealed_to: 2 });
  });
});
