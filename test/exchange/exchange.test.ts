// A Zero FIR of another State's area between two houses, each a process with its own database: who may send, what travels, what she sees.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerSummon, summonAnswerForm, track } from '#casework';
import { trackView } from '../../src/routes/(citizen)/tracking.ts';
import { fours } from '../../src/words/format.ts';
import { issue, issueForm } from '#documents';
import { beginUpload, carryOn, drawId } from '#evidence';
import { confirmPeerKey, makeOwnKey, proposePeer } from '#exchange';
import { act, read } from '#foundation';
import { parts, said } from '../evidence-case.ts';
import { photo } from '../evidence-files.ts';
import { PRESS } from '../paper-story.ts';
import { complaint } from '../story.ts';
import { type OwnKey, refusal, type There, twoStates } from './two-states.ts';
import { round } from './work.ts';

let w: Awaited<ReturnType<typeof twoStates>>;
beforeAll(async () => {
  w = await twoStates();
}, 120_000);
afterAll(() => w.close());

describe('peers', () => {
  test('a key counts when a second post has held its fingerprint against what the other house reads out; nobody confirms alone', async () => {
    const { h, line, there, admin, mine } = w;
    await act(await admin(), 'exchange.make-key', makeOwnKey);
    const theirs = await there<OwnKey>({ ask: 'key' });
    expect(theirs.text).toMatch(/^itsso-exchange\+in\.mp\+1\+/);
    for (const who of ['verma', 'cp', 'state'] as const)
      expect(
        await refusal(
          act(await h.as(who), 'exchange.propose', (a) => proposePeer(a, { key: theirs.text, address: line.address })),
        ),
      ).toBe('not-your-power');
    expect(
      await refusal(act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: 'x', address: line.address }))),
    ).toBe('key-not-understood');
    expect(
      await refusal(
        act(await admin(), 'exchange.propose', (a) =>
          proposePeer(a, { key: theirs.text, address: 'http://example.org' }),
        ),
      ),
    ).toBe('peer-address');
    const own = (await mine()).own[0]!;
    expect(
      await refusal(
        act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: own.text, address: line.address })),
      ),
    ).toBe('that-is-us');
    const id = await act(await admin(), 'exchange.propose', (a) =>
      proposePeer(a, { key: theirs.text, address: line.address }),
    );
    expect(await refusal(act(await admin(), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs)))).toBe(
      'second-post-needed',
    );
    const wrong = { fingerprint: theirs.fingerprint.replace(/\d/, (d) => String((Number(d) + 1) % 10)) };
    expect(await refusal(act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, wrong)))).toBe(
      'fingerprint-differs',
    );
    await act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs));
    expect(await refusal(act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs)))).toBe(
      'wrong-state',
    );
    await expect(
      h.sql('update exchange.peer_key set confirmed_by = proposed_by, confirmer = proposer'),
    ).rejects.toThrow(/two_posts/);
    // the list of that State's stations comes under its signature
    await round(h);
    expect((await mine()).peers).toMatchObject([{ state: 'in.mp', trouble: null, stations: expect.any(Number) }]);
    expect((await mine()).peers[0]!.stations).toBeGreaterThan(10);
  });

  test('before that house has listed ours it takes nothing of ours, and says why; afterwards the same parcel goes', async () => {
    const { h, story, back, there, mine, send, signed, later } = w;
    const number = await signed();
    const view = await send(number);
    expect(view).toMatchObject({
      state: 'transferred',
      handover: { received: null, refused: null, state: { en: 'Madhya Pradesh' } },
    });
    await round(h);
    const [row] = await h.sql('select outcome, attempts from exchange.parcel');
    expect(row).toMatchObject({ outcome: 'peer-unknown', attempts: 1 });
    await there({ ask: 'peer', ...(await mine()).own[0]!, address: back.address });
    await later({ minutes: 2 });
    await round(h);
    expect((await story.view('verma', number)).state).toBe('handed-over');
  });
});

describe('a file that travels', () => {
  test('with its history, its time, its papers and files; a receipt on both sides; she sees where it lies, and goes on seeing it', async () => {
    const { h, story, line, there, now, send, later } = w;
    const form = complaint({
      station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur',
      affected: { woman_or_girl: true, name: 'Kanariya Bai', age: 31 },
    });
    const filed = await story.file(form);
    const { complaint_number: number = '' } = await story.call(form);
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
    const suman = await h.as('suman');
    const picture = await photo();
    const upload = drawId(undefined);
    await beginUpload(suman, {
      id: upload,
      number,
      size: picture.length,
      form: said('photo', { description: 'Kanariya photo' }),
    });
    await carryOn(suman, upload, 0, parts(picture));
    await act(suman, 'documents.issue', (a) =>
      issue(a, number, issueForm.parse({ kind: 'acknowledgement', language: 'hi' }), PRESS),
    );
    await later({ hours: 5 });
    await story.step('suman', number, {
      step: 'summon',
      at: '2027-01-09T11:00+05:30',
      place: 'hospital',
      why: 'medical',
    });
    await send(number);
    // while nobody has signed for it, its station does what cannot wait, and gives it to nobody else
    await story.step('verma', number, { step: 'medical', sent_at: await now() });
    await story.step('verma', number, { step: 'diary', text: 'Kanariya diary' });
    const waits = await story.view('verma', number);
    for (const step of ['accept-transfer', 'return-transfer', 'send-on'])
      expect(waits.steps.find((one) => one.step === step)?.why_not, step).toBe('with-another-state');
    await round(h);
    await round(h);
    const gone = await story.view('verma', number);
    expect(gone).toMatchObject({
      state: 'handed-over',
      outcome: 'another-state',
      handover: { received: { number: expect.stringMatching(/^\d{12}$/) } },
    });
    expect(gone.history.at(-1)?.step).toBe('handed-over');
    expect(gone.steps.filter(({ allowed }) => allowed)).toEqual([]);
    expect(gone.clocks.find(({ rule }) => rule === 'transfer_receipt')?.stopped_by).toBe('transfer-accepted');
    // over there: the same words under other keys, and no clock that began anew
    const number_there = gone.handover?.received?.number ?? '';
    const arrived = await there<There>({ ask: 'view', number: number_there });
    expect(arrived).toMatchObject({
      state: 'transferred',
      submitted_at: gone.submitted_at.toString(),
      zero_fir: { recorded_at: gone.zero_fir?.recorded_at.toString() },
      account: { kind: 'text', text: 'Kanariya: what happened' },
      arrival: { state: { en: 'Uttar Pradesh' }, station: { en: expect.stringMatching(/Kalyanpur/) }, number },
    });
    const history = (
      arrived as unknown as {
        arrival: { history: { steps: { step: string }[]; diary: { text: string }[]; desks: unknown[] } };
      }
    ).arrival.history;
    expect(history.steps.map(({ step }) => step)).toEqual([
      'file',
      'confirm',
      'receive',
      'sign',
      'summon',
      'zero-fir',
      'medical',
      'diary',
    ]);
    expect(history.diary).toMatchObject([{ text: 'Kanariya diary' }]);
    expect(history.desks).toHaveLength(gone.desks.length);
    const clocks = (
      view: { clocks: readonly { rule: string; started_at: unknown; stopped_by: string | null; due_at: unknown }[] },
      rule: string,
    ) =>
      view.clocks
        .filter((one) => one.rule === rule)
        .map(({ started_at, due_at, stopped_by }) => ({
          started_at: String(started_at),
          due_at: String(due_at),
          stopped_by,
        }));
    for (const rule of ['investigation_two_months', 'victim_medical_24h'])
      expect(clocks(arrived as never, rule), rule).toEqual(clocks(gone, rule));
    // the file and the paper, byte for byte by their hashes; the exhibit is not this police's and not hers
    expect(arrived.exhibits).toMatchObject([{ origin: 'other-state', number: 1, description: 'Kanariya photo' }]);
    expect(arrived.exhibits[0]!.digital.sha256).toBe(
      (
        await h.sql<{ sha: string }>("select encode(sha256, 'hex') as sha from evidence.upload where id = $1", [upload])
      )[0]!.sha,
    );
    expect(arrived.documents).toMatchObject([{ kind: 'acknowledgement', post_name: { en: 'Uttar Pradesh' } }]);
    const [paper] = await h.sql<{ sha: string }>(
      "select encode(sha256, 'hex') as sha from documents.document where file = $1",
      [gone.file],
    );
    expect(arrived.documents[0]).toMatchObject({ sha256: paper!.sha });
    // nothing of her stood on the line, and nothing in the tables but under seal
    const passed = line.passed.map(({ body, answer }) => body.toString('latin1') + answer).join();
    expect(passed).not.toMatch(new RegExp(`Kanariya|${form.mobile.slice(-10)}`));
    expect(passed).not.toContain(number);
    // she sees it, and hears that there is something to see
    const she = await story.herself(filed);
    const seen = await read(she, 'test.track', track);
    expect(seen).toMatchObject({
      state: 'handed-over',
      stage: 'on-record',
      handover: { received: { number: number_there }, state: { hi: 'मध्य प्रदेश' } },
    });
    // nobody here waits for her answer any more
    const answered = act(she, 'test.answer', (a) =>
      answerSummon(a, seen.appearances.items[0]?.id ?? '', summonAnswerForm.parse({ answer: 'come' })),
    );
    expect(await refusal(answered)).toBe('summon-over');
    // there it goes on; here she reads where it lies
    await later({ hours: 1 });
    const taken = await there<{ state: string; fir: unknown }>({
      ask: 'step',
      number: number_there,
      form: { step: 'accept-transfer', fir_number: '41', year: 2026 },
    });
    expect(taken).toMatchObject({ state: 'investigating', fir: { number: '41' } });
    await there({ ask: 'round' });
    const facts = await read(await story.herself(filed), 'test.track', track);
    // who has it now is over there: no desk of this house is named
    const { holder, abroad, next, stage_text, outcome } = trackView('en', facts);
    expect(holder).toMatchObject({ where: expect.stringMatching(/Kotwali.*, Madhya Pradesh$/), phone: '' });
    expect(holder.does).toMatch(/^there since/);
    // done here is not done
    for (const said of [next.what, stage_text]) expect(said).toMatch(/not closed.*Madhya Pradesh/);
    expect(outcome).toBe('');
    expect(abroad.join()).toContain(fours(number_there).join(' '));
    expect(facts.handover?.news).toMatchObject({
      state: 'investigating',
      fir: '41/2026',
      unit: { en: expect.stringMatching(/Kotwali/) },
    });
    // figures: gone from here as sent to another agency, there from the day it was first put on record
    expect(
      await h.sql(
        "select report_code from published.case_fact where case_key like '%ZERO%' and report_code is not null",
      ),
    ).toContainEqual({ report_code: 'TRANSFERRED' });
    const [fact] = await there<{ day: string }[]>({
      ask: 'sql',
      text: "select recorded_on::text as day from published.case_fact where source = 'here'",
    });
    expect(fact?.day).toBe('2026-02-02');
  });

  test('what the law has no station for goes back to nobody: a station there may send it on, not return it', async () => {
    const { h, story, there, send, signed } = w;
    const number = await signed();
    await send(number);
    await round(h);
    const there_number = (await story.view('verma', number)).handover?.received?.number ?? '';
    const view = await there<{ steps: { step: string; why_not: string | null }[] }>({
      ask: 'view',
      number: there_number,
    });
    expect(view.steps.find(({ step }) => step === 'return-transfer')?.why_not).toBe('from-another-state');
    expect(view.steps.find(({ step }) => step === 'send-on')?.why_not).toBeNull();
  });
});
