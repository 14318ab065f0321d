// A Zero FIR of another State's area between two houses, each a process with its own database: what travels, each way the line can fail, and
// everything that is refused.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { track } from '#casework';
import { attentionOf } from '#deadlines';
import { issue } from '#documents';
import { beginUpload, carryOn, drawId, openShelf } from '#evidence';
import { confirmPeerKey, endOwnKey, exchangeOf, makeOwnKey, proposePeer } from '#exchange';
import { act, read } from '#foundation';
import { issueForm } from '#documents';
import { parts, said } from '../evidence-case.ts';
import { photo } from '../evidence-files.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { papersIn, PRESS } from '../paper-story.ts';
import { complaint, storyIn } from '../story.ts';
import { type Door, openDoor } from './door.ts';
import { type Network, network } from './network.ts';
import type { Asked, Said } from './other-state.ts';
import { round } from './work.ts';

const AT = '2026-02-02T10:00:00+05:30';
const TO = 'in.mp.kanpur_nagar.east.circle_1.kotwali';
const RAPE = [{ act: 'BNS', section: '64(1)' }];
let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let door: Door;
let line: Network;
let back: Network;
let child: ChildProcess;
type Question = Asked extends infer One ? (One extends { n: number } ? Omit<One, 'n'> : never) : never;
const waiting = new Map<number, (said: Said) => void>();
let last = 0;
function there<T>(asked: Question): Promise<T> {
  last += 1;
  const n = last;
  return new Promise<T>((done, fail) => {
    waiting.set(n, ({ said, refused }) => (refused === undefined ? done(said as T) : fail(new Error(refused))));
    child.send({ ...asked, n });
  });
}
type OwnKey = { generation: number; text: string; fingerprint: string };
const admin = () => h.as('administrator');
async function list(key: OwnKey, address: string): Promise<void> {
  const id = await act(await admin(), 'exchange.propose', async (a) => proposePeer(a, { key: key.text, address }));
  await act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, key));
}
const mine = async () => act(await admin(), 'exchange.look', exchangeOf);

beforeAll(async () => {
  h = await testHouse({ at: AT });
  story = storyIn(h);
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  door = await openDoor();
  child = fork(path.join(import.meta.dirname, 'other-state.ts'), [AT], { execArgv: [], env: { ...process.env, ITSSO_LOG: 'silent' } });
  const ready = new Promise<Said>((done) => waiting.set(0, done));
  child.on('message', (message: Said) => waiting.get(message.n)?.(message));
  line = await network(((await ready).said as Door).address);
  back = await network(door.address);
}, 120_000);
afterAll(async () => {
  child.disconnect();
  await Promise.all([line.close(), back.close(), door.close()]);
  await h.close();
});

const refusal = (work: Promise<unknown>) => work.then(() => 'done', (error: { code?: string; message?: string }) => error.code ?? error.message);
const now = async () => (await story.now()).toString();
let zero = 500;
async function signed(form = complaint({ station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur' })): Promise<string> {
  const number = await story.confirmed(form);
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  return number;
}
const send = async (number: string) =>
  story.step('verma', number, { step: 'zero-fir', to_unit: TO, zero_number: String(zero++), year: 2026, recorded_at: await now(), sections: RAPE });
async function both(instant: string): Promise<void> {
  await h.at(instant);
  await there({ ask: 'at', instant });
}
const later = async (by: Temporal.DurationLike) => both((await story.now()).add(by).toString());
type There = { number: string; state: string; exhibits: { origin: string; digital: { sha256: string } }[]; documents: { post_name: { en: string }; kind: string; names_her: boolean }[] } & Record<string, never>;
const files = () => there<{ number: string; id: string }[]>({ ask: 'sql', text: 'select f.number, f.id from casework.file f join casework.arrival a on a.file = f.id order by a.came_at' });

describe('peers', () => {
  test('a key counts when a second post has held its fingerprint against what the other house reads out; nobody confirms alone', async () => {
    await act(await admin(), 'exchange.make-key', makeOwnKey);
    const theirs = await there<OwnKey>({ ask: 'key' });
    expect(theirs.text).toMatch(/^itsso-exchange\+in\.mp\+1\+/);
    for (const who of ['verma', 'cp', 'state'] as const)
      expect(await refusal(act(await h.as(who), 'exchange.propose', (a) => proposePeer(a, { key: theirs.text, address: line.address })))).toBe('not-your-power');
    expect(await refusal(act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: 'x', address: line.address })))).toBe('key-not-understood');
    expect(await refusal(act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: theirs.text, address: 'http://example.org' })))).toBe('peer-address');
    const own = (await mine()).own[0]!;
    expect(await refusal(act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: own.text, address: line.address })))).toBe('that-is-us');
    const id = await act(await admin(), 'exchange.propose', (a) => proposePeer(a, { key: theirs.text, address: line.address }));
    expect(await refusal(act(await admin(), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs)))).toBe('second-post-needed');
    const wrong = { fingerprint: theirs.fingerprint.replace(/\d/, (d) => String((Number(d) + 1) % 10)) };
    expect(await refusal(act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, wrong)))).toBe('fingerprint-differs');
    await act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs));
    expect(await refusal(act(await h.as('state'), 'exchange.confirm', (a) => confirmPeerKey(a, id, theirs)))).toBe('wrong-state');
    await expect(h.sql("update exchange.peer_key set confirmed_by = proposed_by, confirmer = proposer")).rejects.toThrow(/two_posts/);
    // the list of that State's stations comes under its signature
    await round(h);
    expect((await mine()).peers).toMatchObject([{ state: 'in.mp', trouble: null, stations: expect.any(Number) }]);
    expect((await mine()).peers[0]!.stations).toBeGreaterThan(10);
  });

  test('before that house has listed ours it takes nothing of ours, and says why; afterwards the same parcel goes', async () => {
    const number = await signed();
    const view = await send(number);
    expect(view).toMatchObject({ state: 'transferred', handover: { received: null, refused: null, state: { en: 'Madhya Pradesh' } } });
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
    await beginUpload(suman, { id: upload, number, size: picture.length, form: said('photo', { description: 'Kanariya photo' }) });
    await carryOn(suman, upload, 0, parts(picture));
    await act(suman, 'documents.issue', (a) => issue(a, number, issueForm.parse({ kind: 'acknowledgement', language: 'hi' }), PRESS));
    await later({ hours: 5 });
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
    expect(gone).toMatchObject({ state: 'handed-over', outcome: 'another-state', handover: { received: { number: expect.stringMatching(/^\d{12}$/) } } });
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
    const history = (arrived as unknown as { arrival: { history: { steps: { step: string }[]; diary: { text: string }[]; desks: unknown[] } } }).arrival.history;
    expect(history.steps.map(({ step }) => step)).toEqual(['file', 'confirm', 'receive', 'sign', 'zero-fir', 'medical', 'diary']);
    expect(history.diary).toMatchObject([{ text: 'Kanariya diary' }]);
    expect(history.desks).toHaveLength(gone.desks.length);
    const clocks = (view: { clocks: readonly { rule: string; started_at: unknown; stopped_by: string | null; due_at: unknown }[] }, rule: string) =>
      view.clocks.filter((one) => one.rule === rule).map(({ started_at, due_at, stopped_by }) => ({ started_at: String(started_at), due_at: String(due_at), stopped_by }));
    for (const rule of ['investigation_two_months', 'victim_medical_24h'])
      expect(clocks(arrived as never, rule), rule).toEqual(clocks(gone, rule));
    // the file and the paper, byte for byte by their hashes; the exhibit is not this police's and not hers
    expect(arrived.exhibits).toMatchObject([{ origin: 'other-state', number: 1, description: 'Kanariya photo' }]);
    expect(arrived.exhibits[0]!.digital.sha256).toBe((await h.sql<{ sha: string }>("select encode(sha256, 'hex') as sha from evidence.upload where id = $1", [upload]))[0]!.sha);
    expect(arrived.documents).toMatchObject([{ kind: 'acknowledgement', post_name: { en: 'Uttar Pradesh' } }]);
    const [paper] = await h.sql<{ sha: string }>("select encode(sha256, 'hex') as sha from documents.document where file = $1", [gone.file]);
    expect(arrived.documents[0]).toMatchObject({ sha256: paper!.sha });
    // nothing of her stood on the line, and nothing in the tables but under seal
    const passed = line.passed.map(({ body, answer }) => body.toString('latin1') + answer).join();
    expect(passed).not.toMatch(/Kanariya|93000|9300000/);
    expect(passed).not.toContain(number);
    // she sees it, and hears that there is something to see
    const she = await story.herself(filed);
    const seen = await read(she, 'test.track', track);
    expect(seen).toMatchObject({ state: 'handed-over', stage: 'on-record', handover: { received: { number: number_there }, state: { hi: 'मध्य प्रदेश' } } });
    // there it goes on; here she reads where it lies
    await later({ hours: 1 });
    const taken = await there<{ state: string; fir: unknown }>({ ask: 'step', number: number_there, form: { step: 'accept-transfer', fir_number: '41', year: 2026 } });
    expect(taken).toMatchObject({ state: 'investigating', fir: { number: '41' } });
    await there({ ask: 'round' });
    const news = (await read(await story.herself(filed), 'test.track', track)).handover?.news;
    expect(news).toMatchObject({ state: 'investigating', fir: '41/2026', unit: { en: expect.stringMatching(/Kotwali/) } });
    // figures: gone from here as sent to another agency, there from the day it was first put on record
    expect(await h.sql("select report_code from published.case_fact where case_key like '%ZERO%' and report_code is not null")).toContainEqual({ report_code: 'TRANSFERRED' });
    const [fact] = await there<{ day: string }[]>({ ask: 'sql', text: "select recorded_on::text as day from published.case_fact where source = 'here'" });
    expect(fact?.day).toBe('2026-02-02');
  });

  test('what the law has no station for goes back to nobody: a station there may send it on, not return it', async () => {
    const number = await signed();
    await send(number);
    await round(h);
    const there_number = (await story.view('verma', number)).handover?.received?.number ?? '';
    const view = await there<{ steps: { step: string; why_not: string | null }[] }>({ ask: 'view', number: there_number });
    expect(view.steps.find(({ step }) => step === 'return-transfer')?.why_not).toBe('from-another-state');
    expect(view.steps.find(({ step }) => step === 'send-on')?.why_not).toBeNull();
  });
});

describe('a line that fails', () => {
  test.each(['cut', 'lost-answer', 'doubled', 'changed', 'broken-off'] as const)('%s: tried again, received once', async (weather) => {
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
  });

  test('a part before its letter, and the same part twice: refused, then taken once', async () => {
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
    expect(await h.sql('select outcome from exchange.part where received_at is null')).toEqual([{ outcome: 'parcel-unknown' }]);
    await h.sql("update exchange.parcel set received_at = null, receipt = null, next_at = foundation.now() where receipt = '{}'");
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
    const number = await signed();
    await send(number);
    line.weather('cut');
    await round(h);
    const heard = async (who: string) =>
      (await read(await h.as(who), 'test.attention', attentionOf)).filter((one) => one.number === number && one.rule === 'handover-late').length;
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
    const before = (await files()).length;
    const sent = line.passed.findLast(({ path: at, status }) => at.endsWith('/parcels') && status === 200)!;
    expect(await line.send(sent.path, sent.body)).toMatchObject({ status: 409, code: expect.stringMatching(/parcel-(replayed|stale)/) });
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
    const number = await signed();
    await h.sql(
      "insert into posts.station_abroad (path, state, name_hi, name_en, district_hi, district_en, said_at) values ('in.mp.gone.gone', 'in.mp', 'गया', 'Gone', 'गया', 'Gone', foundation.now())",
    );
    await story.step('verma', number, { step: 'zero-fir', to_unit: 'in.mp.gone.gone', zero_number: String(zero++), year: 2026, recorded_at: await now(), sections: RAPE });
    await round(h);
    const refused = await story.view('verma', number);
    expect(refused).toMatchObject({ state: 'transferred', handover: { refused: 'no-such-station', received: null } });
    const raised = (await read(await h.as('verma'), 'test.attention', attentionOf)).filter((one) => one.number === number);
    expect(raised.map(({ rule }) => rule)).toContain('handover-refused');
    await story.step('verma', number, { step: 'send-on', to_unit: TO, reason: 'its right station' });
    await round(h);
    expect((await story.view('verma', number)).state).toBe('handed-over');
  });

  test('keys change on both sides without a gap: two are good at once, and what an ended one signs or opens is refused', async () => {
    // ours: a second generation, confirmed there; then the first is ended here
    await act(await admin(), 'exchange.make-key', makeOwnKey);
    const second = (await mine()).own[0]!;
    expect(second.generation).toBe(2);
    expect(await refusal(act(await admin(), 'exchange.make-key', makeOwnKey))).toBe('two-keys-already');
    const number = await signed();
    await send(number);
    await round(h);
    expect(await h.sql("select outcome from exchange.parcel where received_at is null and given_up_at is null and kind = 'zero-fir'")).toEqual([{ outcome: 'peer-key-unknown' }]);
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
    expect(await h.sql("select outcome from exchange.parcel where received_at is null and given_up_at is null and kind = 'zero-fir'")).toEqual([{ outcome: 'receipt-wrong' }]);
    await list(theirs, line.address);
    await there({ ask: 'end-own', generation: 1 });
    await later({ minutes: 3 });
    await round(h);
    expect((await story.view('verma', next)).state).toBe('handed-over');
    const sealed = line.passed.findLast(({ path: at }) => at.endsWith('/parcels'))!;
    expect(JSON.parse(sealed.body.toString('latin1').split('\n')[0]!)).toMatchObject({ signed_by: 2, sealed_to: 2 });
  });
});
