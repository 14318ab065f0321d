// A case told through the doors: file, confirm, receive, sign, register, report. For tests of the rooms from casework upwards.
import { claim, connected } from '#callback';
import { confirmCall, type Filed, fileComplaint, type FileView, readFile, stepForm, takeStep, watch } from '#casework';
import { type Actor, act, house, newId, read } from '#foundation';
import { type ComplaintForm, complaintForm, openByReceipt, orRefuse } from '#intake';
import { sentMessages } from '#notify';
import type { TestHouse } from './house.ts';

export const KALYANPUR = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';

let nth = 0;
// of another thousand each: many numbers of one block in a short time would wait
const NEXT_BLOCK = 1001;
/** A complaint as it comes in, with a mobile number of its own. */
export const complaint = (change: Record<string, unknown> = {}): ComplaintForm =>
  complaintForm.parse({
    form_id: newId(),
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { woman_or_girl: true, name: 'Kanariya Devi', age: 24 },
    mobile: String(9_300_000_000 + NEXT_BLOCK * nth++),
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '00:00', to: '23:59' }], voicemail: false },
    address_now: { district: 'in.up.kanpur_nagar' },
    station: KALYANPUR,
    happened: ['stalking'],
    when: { from: '2026-01-01', precision: 'day' },
    where: { place_type: 'public', text: 'Kanariya market' },
    accused: [{ known: true, name: 'Kanariya Lal' }],
    account: { text: 'Kanariya: what happened' },
    agreed: true,
    notice_version: '1',
    ...change,
  });

/** The post an officer acts for. */
export const postOf = (actor: Actor): string => {
  if (actor.kind !== 'officer') throw new Error('no officer');
  return actor.post;
};

/** The story's verbs in one house. */
export function storyIn(h: TestHouse) {
  const file = (form = complaint(), idempotency_key?: string): Promise<Filed> =>
    act(h.nobody, 'casework.file', (a) => fileComplaint(a, form, { idempotency_key }));
  const idOf = async (form: ComplaintForm): Promise<string> =>
    (await h.sql<{ id: string }>('select id from intake.complaint where form_id = $1', [form.form_id]))[0]?.id ?? '';
  const promiseOf = async (form: ComplaintForm): Promise<string> =>
    (await h.sql<{ id: string }>('select id from callback.promise where file = $1', [await idOf(form)]))[0]?.id ?? '';
  const codeFor = async (form: ComplaintForm): Promise<string> => {
    await h.jobs();
    const sent = await read(house(), 'notify.look', (r) => sentMessages(r, form.mobile));
    return /\d{4}\s?\d{4}/.exec(sent.at(-1)?.text ?? '')?.[0].replace(/\s/g, '') ?? '';
  };
  const call = async (form: ComplaintForm, by = 'savita') => {
    const operator = await h.as(by);
    const id = await promiseOf(form);
    const code = await codeFor(form);
    await act(operator, 'callback.claim', (a) => claim(a, id));
    await act(operator, 'callback.connected', (a) => connected(a, id));
    return act(operator, 'casework.confirm', (a) => confirmCall(a, id, { code }));
  };
  const step = async (by: string | Actor, number: string, form: Record<string, unknown>): Promise<FileView> => {
    const actor = typeof by === 'string' ? await h.as(by) : by;
    return act(actor, 'casework.take-step', (a) => takeStep(a, number, stepForm.parse(form)));
  };
  return {
    file,
    idOf,
    promiseOf,
    codeFor,
    call,
    step,
    /** herself, by the receipt that she was given */
    herself: async ({ receipt }: Pick<Filed, 'receipt'>): Promise<Actor> => {
      const opened = await act(h.nobody, 'intake.open', (a) => openByReceipt(a, { receipt }));
      return h.citizen(orRefuse(opened).token);
    },
    /** files and confirms; the file lies with the station's help desk */
    confirmed: async (form = complaint()): Promise<string> => {
      await file(form);
      return (await call(form)).complaint_number ?? '';
    },
    view: async (by: string, number: string): Promise<FileView> =>
      read(await h.as(by), 'casework.view-file', (r) => readFile(r, number), { note: 'inside' }),
    post: async (id: string): Promise<string> => postOf(await h.as(id)),
    sweep: async () => {
      while ((await act(house(), 'casework.sweep', (a) => watch.sweep(a))) === true);
    },
    now: async (): Promise<Temporal.Instant> => act(house(), 'test.now', async (a) => a.now),
  };
}
