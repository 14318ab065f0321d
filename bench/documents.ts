// What a paper costs: the first after the start, each kind after it, a long diary, fetching one again. `node bench/documents.ts`. Next to
// the long diaries stands how long everything else waited meanwhile: the typesetter has a thread of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { claim, connected } from '#callback';
import { confirmCall, fileComplaint, stepForm, takeStep } from '#casework';
import { fetchDocument, issue, issueForm, PAPER_KINDS } from '#documents';
import { act, finishDueJobs, house, nobody, read } from '#foundation';
import { complaintForm } from '#intake';
import { sentMessages } from '#notify';
import { seedPractice } from '#posts';
import { actorOf, sandboxSignIn } from '#signin';
import pg from 'pg';
import { someComplaint } from '../e2e/complaint.ts';
import { openHouse } from '../server/open-house.ts';
import { writer } from '../src/words/papers/papers.ts';
import { keep } from './report.ts';

const TIMES = 20;
const ENTRIES = [10, 200, 1000];

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}
const ms = (n: number) => Number(n.toFixed(1));
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
sql.on('error', () => undefined);

const as = async (id: string) => (await actorOf((await sandboxSignIn(id)).token)) ?? nobody;
const press = { write: writer('localhost/verify'), verify_at: 'http://localhost/verify', specimen: true };

/** A file under investigation. */
async function investigated() {
  const form = complaintForm.parse(someComplaint({ happened: ['rape'] }));
  await act(nobody, 'bench.file', (a) => fileComplaint(a, form, {}));
  await finishDueJobs();
  const sent = await read(house(), 'bench.look', (r) => sentMessages(r, form.mobile));
  const code = /\d{4}\s?\d{4}/.exec(sent.at(-1)?.text ?? '')?.[0].replace(/\s/g, '') ?? '';
  const { rows } = await sql.query<{ id: string }>('select id from callback.promise order by id desc limit 1');
  const promise = rows[0]?.id ?? '';
  const savita = await as('savita');
  await act(savita, 'bench.claim', (a) => claim(a, promise));
  await act(savita, 'bench.connected', (a) => connected(a, promise));
  const called = await act(savita, 'bench.confirm', (a) => confirmCall(a, promise, { code }));
  const number = called.complaint_number ?? '';
  const step = async (by: string, said: Record<string, unknown>) => {
    const actor = await as(by);
    await act(actor, 'bench.step', (a) => takeStep(a, number, stepForm.parse(said)));
  };
  const at = (await act(house(), 'bench.now', async (a) => a.now)).toString();
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: at, place: 'home' });
  const year = Number(at.slice(0, 4));
  const sections = [{ act: 'BNS', section: '64(1)' }];
  await step('verma', { step: 'register-fir', fir_number: '1', year, recorded_at: at, sections, code: 'BNS' });
  await step('verma', { step: 'assign', to_post: actorPost(await as('rekha')) });
  await step('rekha', { step: 'summon', why: 'signing', at: nextWeek(at), place: 'घर पर' });
  return { number, step };
}
const actorPost = (actor: Awaited<ReturnType<typeof as>>) => (actor.kind === 'officer' ? actor.post : '');
const nextWeek = (at: string) => Temporal.Instant.from(at).add({ hours: 168 }).toString();

try {
  await sql.connect();
  await act(house(), 'bench.seed', seedPractice);
  const { number, step } = await investigated();
  const rekha = await as('rekha');
  const one = (kind: string) => {
    const form = issueForm.parse({ kind, language: 'hi', purpose: 'investigation' });
    return act(rekha, 'bench.issue', (a) => issue(a, number, form, press));
  };
  await step('rekha', { step: 'diary', text: 'पहली प्रविष्टि' });
  const first = await timed(() => one('progress-letter'));
  console.log(`the first paper after the start: ${ms(first.ms)} ms`);
  const table: Record<string, { median_ms: number; [more: string]: number }> = {};
  for (const kind of PAPER_KINDS.filter((name) => name !== 'final-form')) {
    const took: number[] = [];
    let size = 0;
    for (let i = 0; i < TIMES; i++) {
      const made = await timed(() => one(kind));
      took.push(made.ms);
      size = made.result[0]?.size ?? 0;
    }
    table[kind] = { median_ms: ms(median(took)), most_ms: ms(Math.max(...took)), kilobytes: Math.round(size / 1024) };
  }
  const id = first.result[0]?.id ?? '';
  const again: number[] = [];
  for (let i = 0; i < TIMES; i++)
    again.push((await timed(() => act(rekha, 'bench.fetch', (a) => fetchDocument(a, id)))).ms);
  table['fetched again'] = { median_ms: ms(median(again)), most_ms: ms(Math.max(...again)) };
  let written = 1;
  for (const entries of ENTRIES) {
    for (; written < entries; written++)
      await step('rekha', { step: 'diary', text: 'श्रीमान, आज की कार्यवाही। '.repeat(12) });
    // how long the process could do nothing else while the diary was set
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const made = await timed(() => one('diary'));
    clearInterval(beat);
    table[`diary of ${entries} entries`] = {
      median_ms: ms(made.ms),
      kilobytes: Math.round((made.result[0]?.size ?? 0) / 1024),
      others_wait_ms: ms(longest),
    };
  }
  console.table(table);
  keep(
    'documents',
    Object.fromEntries(
      Object.entries(table).map(([what, { median_ms }]) => [what, { value: median_ms, unit: 'ms, median' }]),
    ),
  );
} finally {
  await sql.end();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
