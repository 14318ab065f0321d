// A practice district told as a story: eight cases, from one filed an hour ago to one closed. It speaks through the same doors as
// everybody else, with the clock in the past, so seeded data has passed the rules. All names are samples.
import { randomUUID } from 'node:crypto';
import { act, finishDueJobs, house, moveClockTo, nobody, read } from '#foundation';
import { attempt, callbackQueue, claim, connected } from '#callback';
import { confirmCall, fileComplaint, handOverDesk, type StepForm, stepForm, takeStep } from '#casework';
import { complaintForm } from '#intake';
import { by, lastCodeTo, postOf } from './people.ts';

const DAY = 24;
const KALYANPUR = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';

type Case = {
  who: string;
  mobile: string;
  happened: string[];
  account: { text: string } | { defer: true };
  age?: number;
  station?: string;
  watched?: boolean;
  place?: string;
};
export type Told = { receipt: string; note: { hi: string; en: string } };

let began: Temporal.Instant;
const at = (hours: number): Temporal.Instant => began.add({ minutes: Math.round(hours * 60) });
const iso = (hours: number): string => at(hours).toString();
const day = (hours: number): string => at(hours).toZonedDateTimeISO('Asia/Kolkata').toPlainDate().toString();
const until = (hours: number): Promise<unknown> => moveClockTo(at(hours));

/** Files one complaint as she would, at this hour of the story. */
async function file(c: Case): Promise<{ receipt: string; mobile: string }> {
  const form = complaintForm.parse({
    form_id: randomUUID(),
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { name: c.who, age: c.age ?? 24, woman_or_girl: true },
    mobile: c.mobile,
    mobile_shared: false,
    phone_watched: c.watched ?? false,
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '00:00', to: '23:59' }], voicemail: false },
    access: { languages: ['hi'], needs: [] },
    address_now: { district: 'in.up.kanpur_nagar', pin: '208017' },
    station: c.station ?? KALYANPUR,
    happened: c.happened,
    when: { precision: 'unknown' },
    where: { place_type: 'public', text: c.place ?? 'नमूना जगह' },
    accused: [{ known: false }],
    account: c.account,
    needs: { danger_now: false, doctor: false, safe_place: false, protection: false },
    agreed: true,
    notice_version: '2026-11',
  });
  const filed = await act(nobody, 'casework.file-complaint', (a) => fileComplaint(a, form));
  await finishDueJobs();
  return { receipt: filed.receipt, mobile: c.mobile };
}

/** The operator calls, says the phrase, hears the code; the complaint number is given. */
async function call(operator: string, mobile: string): Promise<string> {
  const code = await lastCodeTo(mobile);
  const mask = mobile.slice(-4);
  const waiting = await by(operator, 'callback.look', (a) => callbackQueue(a));
  const row = waiting.find((q) => q.mobile_masked.endsWith(mask));
  if (!row) throw new Error('nobody waits with this number');
  await by(operator, 'callback.claim', (a) => claim(a, row.id));
  await by(operator, 'callback.connected', (a) => connected(a, row.id));
  const done = await by(operator, 'casework.confirm-call', (a) => confirmCall(a, row.id, { code }));
  if (!('complaint_number' in done) || !done.complaint_number) throw new Error('the call was not confirmed');
  return done.complaint_number;
}

/** The operator could not reach her. */
async function miss(operator: string, mobile: string): Promise<void> {
  const waiting = await by(operator, 'callback.look', (a) => callbackQueue(a));
  const row = waiting.find((q) => q.mobile_masked.endsWith(mobile.slice(-4)));
  if (!row) return;
  await by(operator, 'callback.claim', (a) => claim(a, row.id));
  await by(operator, 'callback.attempt', (a) => attempt(a, row.id, { outcome: 'no-answer' }));
}

const step = (
  who: string,
  number: string,
  form: Record<string, unknown> & { step: StepForm['step'] },
): Promise<unknown> => by(who, `casework.${form.step}`, (a) => takeStep(a, number, stepForm.parse(form)));

async function onRecord(
  number: string,
  hours: number,
  fir: string,
  sections: { act: string; section: string }[],
  doctor = false,
): Promise<void> {
  await step('suman', number, { step: 'receive' });
  if (doctor) await step('suman', number, { step: 'medical', sent_at: iso(hours - 0.5) });
  await until(hours + 4);
  await step('suman', number, { step: 'sign', signed_at: iso(hours + 3.8), place: 'home' });
  await until(hours + 5);
  await step('verma', number, {
    step: 'register-fir',
    fir_number: fir,
    year: Number(day(hours).slice(0, 4)),
    recorded_at: iso(hours + 4.9),
    offence_on: day(hours - 3 * DAY),
    sections,
  });
}

/** What is due within a day of the FIR: her copy, and word to the Magistrate. */
async function withinTheDay(number: string, hours: number): Promise<void> {
  await until(hours);
  await step('verma', number, { step: 'record-event', event: 'copy-given', at: iso(hours - 0.5) });
  await step('verma', number, { step: 'record-event', event: 'magistrate-told', at: iso(hours - 0.2) });
}

/** Her statement before the Magistrate. */
const beforeMagistrate = (who: string, number: string, hours: number): Promise<unknown> =>
  step(who, number, { step: 'statement', kind: 'magistrate', at: iso(hours), by: 'मजिस्ट्रेट, नमूना न्यायालय' });

/**
 * Tells the story from `start` (house time) on; the house's clock stands there when it is called.
 * @returns the receipts of three cases that one may look at as the complainant
 */
export async function tellStory(): Promise<Told[]> {
  began = await read(house(), 'foundation.look', async (r) => r.now);
  const [khan, rekha, verma] = [await postOf('khan'), await postOf('rekha'), await postOf('verma')];
  const told: Told[] = [];

  // Day 0: Asha. A case under the limit in law, with a change of officer on the way.
  const asha = await file({ who: 'आशा नमूना', mobile: '9000000001', happened: ['rape'], account: { defer: true } });
  told.push({
    receipt: asha.receipt,
    note: { hi: 'आशा: जांच चल रही है, 56 दिन', en: 'Asha: under investigation, 56 days' },
  });
  await until(19);
  const first = await call('savita', asha.mobile);
  await until(22);
  await onRecord(first, 22, '412', [{ act: 'BNS', section: '64(1)' }], true);
  await withinTheDay(first, 30);
  await until(2 * DAY);
  await step('verma', first, { step: 'assign', to_post: khan });
  await until(3 * DAY);
  await step('khan', first, { step: 'diary', text: 'घटनास्थल का निरीक्षण किया। नक्शा नजरी तैयार।' });
  await step('khan', first, {
    step: 'statement',
    kind: 'police',
    at: iso(3 * DAY - 2),
    by: 'उपनिरीक्षक, घर पर',
    woman_officer: true,
    audio_video: true,
  });
  await beforeMagistrate('khan', first, 3 * DAY - 1);

  // Day 5: Kavita. A case under the police's own target; it will be closed at the end.
  await until(5 * DAY);
  const kavita = await file({
    who: 'कविता नमूना',
    mobile: '9000000002',
    happened: ['molestation'],
    account: { text: 'नमूना: बाजार में हाथ पकड़ा।' },
  });
  told.push({ receipt: kavita.receipt, note: { hi: 'कविता: अदालत पहुंचा', en: 'Kavita: before the court' } });
  await until(5 * DAY + 20);
  const second = await call('meena', kavita.mobile);
  await until(6 * DAY);
  await onRecord(second, 6 * DAY, '418', [{ act: 'BNS', section: '74' }]);
  await withinTheDay(second, 6 * DAY + 8);
  await until(7 * DAY);
  await step('verma', second, { step: 'assign', to_post: rekha });
  await until(9 * DAY);
  await beforeMagistrate('rekha', second, 8 * DAY);
  await step('rekha', second, { step: 'diary', text: 'दुकान का सीसीटीवी लिया। दो गवाहों के बयान लिखे।' });

  // Day 20: the officer who has Asha's file is posted elsewhere; the post stays empty for four days, the file stays with the post.
  await until(12 * DAY);
  await step('khan', first, {
    step: 'explain-delay',
    kind: 'fsl-awaited',
    from: day(11 * DAY),
    text: 'प्रदर्श क-3 और क-4 लैब भेजे गए।',
  });
  await until(20 * DAY);
  const holder = (await by('verma', 'posts.look', async (a) => (await import('#posts')).findHolder(a, khan)))?.officer;
  await by('verma', 'casework.hand-over', (a) =>
    handOverDesk(a, { post: khan, to_officer: null, from: undefined, note: 'तबादला' }),
  );
  await until(24 * DAY);
  await by('verma', 'casework.hand-over', (a) =>
    handOverDesk(a, { post: khan, to_officer: holder ?? null, from: undefined, note: 'नई तैनाती' }),
  );
  await until(26 * DAY);
  await step('khan', first, { step: 'diary', text: 'फाइल पढ़ी। लैब को याद दिलाया।' });

  // Day 27: Kavita's report is approved at both levels and forwarded.
  await until(27 * DAY);
  await step('rekha', second, { step: 'submit-report', kind: 'charge-sheet' });
  await until(28 * DAY);
  await step('verma', second, { step: 'approve-report' });
  await until(29 * DAY);
  await step('singh', second, { step: 'approve-report' });
  await until(30 * DAY);
  await step('verma', second, { step: 'forward-report', court: 'नमूना न्यायालय, कानपुर नगर', at: iso(30 * DAY - 1) });
  await until(30 * DAY + 6);
  await step('verma', second, { step: 'record-event', event: 'action-told', at: iso(30 * DAY + 5) });

  // Day 33: Meera's report waits for approval. Day 40: Rubina, a girl of sixteen.
  await until(33 * DAY);
  const meera = await file({
    who: 'मीरा नमूना',
    mobile: '9000000003',
    happened: ['stalking', 'cyber'],
    account: { text: 'नमूना: फोन पर बार-बार संदेश।' },
    watched: true,
  });
  await until(33 * DAY + 18);
  const third = await call('savita', meera.mobile);
  await until(34 * DAY);
  await onRecord(third, 34 * DAY, '431', [
    { act: 'BNS', section: '78(2)' },
    { act: 'BNS', section: '351(2)' },
  ]);
  // the Magistrate was told, her copy was forgotten: one duty of this practice station is late
  await until(35 * DAY);
  await step('verma', third, { step: 'record-event', event: 'magistrate-told', at: iso(34 * DAY + 20) });
  await step('verma', third, { step: 'assign', to_post: rekha });
  await until(40 * DAY);
  const rubina = await file({
    who: 'रुबीना नमूना',
    mobile: '9000000004',
    happened: ['molestation', 'child'],
    account: { defer: true },
    age: 16,
  });
  await until(40 * DAY + 15);
  const fourth = await call('meena', rubina.mobile);
  await until(40 * DAY + 16);
  await step('suman', fourth, { step: 'tell-child-welfare', at: iso(40 * DAY + 15.5) });
  await until(41 * DAY);
  await onRecord(fourth, 41 * DAY, '440', [
    { act: 'POCSO', section: '8' },
    { act: 'BNS', section: '75(2)' },
  ]);
  await withinTheDay(fourth, 41 * DAY + 8);
  await step('verma', fourth, { step: 'assign', to_post: rekha });
  await until(52 * DAY);
  await step('rekha', third, { step: 'submit-report', kind: 'charge-sheet' });

  // The last days: one waits for her signature, one lies with the officer in charge, one was not reached, one has just come.
  await until(53 * DAY);
  const geeta = await file({
    who: 'गीता नमूना',
    mobile: '9000000005',
    happened: ['domestic_cruelty', 'dowry'],
    account: { text: 'नमूना: घर में मारपीट।' },
  });
  await until(53 * DAY + 20);
  const fifth = await call('savita', geeta.mobile);
  await until(54 * DAY);
  await step('suman', fifth, { step: 'receive' });
  told.push({ receipt: geeta.receipt, note: { hi: 'गीता: हस्ताक्षर बाकी', en: 'Geeta: waiting for her signature' } });
  await until(54 * DAY + 4);
  const nisha = await file({
    who: 'निशा नमूना',
    mobile: '9000000006',
    happened: ['molestation'],
    account: { defer: true },
  });
  await until(54 * DAY + 23);
  const sixth = await call('meena', nisha.mobile);
  await step('suman', sixth, { step: 'receive' });
  await step('suman', sixth, { step: 'move', to_post: verma, reason: 'थाना प्रभारी के निर्णय के लिए' });
  await until(55 * DAY + 8);
  const farha = await file({
    who: 'फरहा नमूना',
    mobile: '9000000007',
    happened: ['cyber'],
    account: { text: 'नमूना: फोटो फैलाने की धमकी।' },
  });
  await until(55 * DAY + 10);
  await miss('savita', farha.mobile);
  await until(56 * DAY - 1);
  await file({ who: 'सीमा नमूना', mobile: '9000000008', happened: ['stalking'], account: { defer: true } });
  await until(56 * DAY);
  return told;
}
