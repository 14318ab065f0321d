// A complaint becomes a file with a desk, a promised call and its clocks, in one act; the call confirms it and brings it to a station.
import { type Act, asHouse, keys, newId, note, noteOn, tell } from '#foundation';
import { type Attempted, type AttemptForm, attempt, confirmedAtDesk, promiseCall } from '#callback';
import { beganWith } from '#deadlines';
import {
  type ComplaintForm,
  districtOf,
  draftSent,
  findComplaint,
  giveNumber,
  type Recorded,
  recordComplaint,
} from '#intake';
import { callbackClock, signingClock } from '#law';
import { headOf, type Named, type Post, type PostKind, postsOf } from '#posts';
import { lastDay, moment } from './moments.ts';
import { topicOf } from './steps.ts';
import * as store from './store.ts';

/** What she is told when it was sent. `sign_by`: until when she is to sign, counted from the sending. */
export type Filed = {
  receipt: string;
  caller_phrase: string;
  mobile_masked: string;
  callback_by: Temporal.Instant;
  sign_by: Temporal.Instant | null;
};
/** What came of a call; with the number once she is confirmed. */
export type Called = Omit<Attempted, 'file'> & { complaint_number?: string };

/**
 * Files a complaint: recorded, sealed, laid on the district's call-back desk, the call promised, the clocks started, all or
 * nothing. The same form again gives the same answer again. Missing posts never stand in the way: the next head above holds it.
 * The session of a draft stands for the file from now on; whoever had none gets none: her receipt opens it.
 * @param form parsed by complaintForm of #intake
 * @param options `attach`: does what belongs to the form besides, in the same act, once for a form, when her session stands for the file; told
 *   the file
 * @throws Refusal what #intake finds in the form; `already-sent-differently`, `key-used-differently`
 */
export async function fileComplaint(
  a: Act,
  form: ComplaintForm,
  options: { idempotency_key?: string | undefined; attach?: ((file: string) => Promise<void>) | undefined } = {},
): Promise<Filed> {
  if (!options.attach && ('upload' in form.account || form.evidence.length > 0))
    throw new Error('a form that names uploads is filed through #evidence');
  const { recorded, phrase } = await asHouse(a, async (h) => {
    // asked with the first words; a district that is none has no desk, and the form is refused for it
    const desks = postsOf(h, districtOf(form), 'callback-desk');
    let phrase: Named | undefined;
    const open = async (made: Recorded): Promise<void> => {
      phrase = await openFile(h, made, form, (await desks)[0]);
    };
    const [recorded] = await Promise.all([recordComplaint(h, form, { ...options, caller: callerOf(a) }, open), desks]);
    return { recorded, phrase: phrase ?? (await phraseOf(h, recorded.id)) };
  });
  const received_at = recorded.submitted_at;
  const filed = {
    receipt: recorded.receipt,
    caller_phrase: phrase[form.language],
    mobile_masked: recorded.mobile_masked,
    callback_by: callbackClock({ filed_at: received_at }).due_at,
    sign_by: signingClock({ received_at }).due_at,
  };
  noteOn(a, recorded.again ? 'file.sent-again' : 'file.sent', recorded.id);
  await handedOver(a, recorded, filed, options.attach);
  return filed;
}
async function handedOver(
  a: Act,
  recorded: Recorded,
  shown: Filed,
  attach?: (file: string) => Promise<void>,
): Promise<void> {
  if (a.actor.kind === 'citizen' && a.actor.secret) await draftSent(a, { file: recorded.id, shown });
  if (!recorded.again) await attach?.(recorded.id);
}

// Whose an Idempotency-Key is. Her session by a keyed hash, because what it stands for changes with the filing; nobody's is nobody's.
function callerOf({ actor }: Act): string | undefined {
  if (actor.kind === 'officer') return `post ${actor.post}`;
  if (actor.kind === 'machine') return `machine ${actor.name}`;
  return actor.secret ? `session ${keys.mac('idempotency', actor.secret).toString('hex')}` : undefined;
}

const PHRASE = 'file-phrase';
async function phraseOf(h: Act, id: string): Promise<Named> {
  const file = await store.lockById(h, id);
  return JSON.parse(keys.open(PHRASE, id, file.phrase).toString('utf8'));
}

async function openFile(h: Act, recorded: Recorded, form: ComplaintForm, known: Post | undefined): Promise<Named> {
  const { id, submitted_at, child, no_contact, district } = recorded;
  const desk = known ?? (await firstOf(h, district, ['callback-desk']));
  const { phrase } = await promiseCall(
    h,
    {
      file: id,
      desk,
      filed_at: submitted_at,
      windows: form.safe_contact.windows,
      no_contact,
      language: form.language,
      mobile: form.mobile,
      urgent: form.needs.danger_now || child,
      decoy: form.safe_contact.decoy_subject,
    },
    (said) => writeFile(h, recorded, form, desk, said),
  );
  return phrase;
}

async function writeFile(h: Act, recorded: Recorded, form: ComplaintForm, desk: Post, phrase: Named): Promise<void> {
  const { id, submitted_at, child, district } = recorded;
  const happening = happenedIn(form);
  // the police have received the information when it is sent to them: POCSO 19(6)
  const offence_on = lastDay(happening);
  const facts = { received_at: submitted_at, sections: [], child, categories: form.happened, offence_on };
  const begun = store.beginFile(
    h,
    {
      id,
      state: 'submitted',
      district,
      desk_post: desk.id,
      desk_path: desk.path,
      desk_since: submitted_at,
      child,
      categories: form.happened,
      happened: happening,
      language: form.language,
      channel: form.channel,
      account_kind: 'text' in form.account ? 'text' : 'upload' in form.account ? 'upload' : 'defer',
      phrase: keys.seal(PHRASE, id, JSON.stringify(phrase)),
      submitted_at,
    },
    { file: id, post: desk.id, from_at: submitted_at, reason: 'filed' },
    stepOf(h, h, { file: id, step: 'file', from: null, to: 'submitted' }),
  );
  const told = (['complaint-filed', 'information-received'] as const).map((moment) => ({ moment, at: submitted_at }));
  await Promise.all([begun, beganWith(h, id, told, facts)]);
}

const happenedIn = (form: ComplaintForm): store.Happened => ({
  from: form.when.from ?? null,
  to: form.when.to ?? null,
  precision: form.when.precision,
  place_type: form.where.place_type,
  accused: form.accused.length,
  accused_police: form.accused.some((one) => one.is_police === true),
  reported_for_her: form.reporter.relation !== 'self',
});

// The first post of these kinds at a unit; where the unit has none, the head of the unit, or of the next one above.
async function firstOf(h: Act, unit: string, kinds: readonly PostKind[]): Promise<Post> {
  for (const kind of kinds) {
    const [found] = await postsOf(h, unit, kind);
    if (found) return found;
  }
  for (let path = unit; path !== ''; path = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '') {
    const head = await headOf(h, path);
    if (head) return head;
  }
  throw new Error('no unit above this one has a post');
}

/**
 * Writes how a call went; the right code confirms the complaint, gives the number and brings the file to its station, in the
 * same act. Repeating it gives the same number and nothing more.
 * @param id the promised call
 * @throws Refusal as #callback `attempt`; a wrong code is an answer, so that its count is kept
 */
export async function attemptCall(a: Act, id: string, form: AttemptForm): Promise<Called> {
  return concluded(a, await attempt(a, id, form));
}

/**
 * The code was right: see {@link attemptCall}.
 * @param told the code as she said it, plain digits
 */
export const confirmCall = (a: Act, id: string, told: { code: string; note?: string | undefined }): Promise<Called> =>
  attemptCall(a, id, { outcome: 'confirmed', code: told.code, at: undefined, note: told.note });

/** She showed her code at a desk: the same, without a call. @throws Refusal as #callback `confirmedAtDesk` */
export async function confirmAtDesk(a: Act, file: string | undefined, told: { code: string }): Promise<Called> {
  return concluded(a, await confirmedAtDesk(a, file, told));
}

async function concluded(a: Act, tried: Attempted): Promise<Called> {
  const { file, ...called } = tried;
  if (tried.outcome !== 'confirmed' || !file) return called;
  return { ...called, complaint_number: await asHouse(a, (h) => confirm(a, h, file)) };
}

async function confirm(a: Act, h: Act, id: string): Promise<string> {
  const file = await store.lockById(h, id);
  if (file.number) return file.number;
  const number = await giveNumber(h, id);
  await store.changeFile(h, id, { state: 'confirmed', number, confirmed_at: h.now });
  await writeStep(a, h, { file: id, step: 'confirm', from: 'submitted', to: 'confirmed' });
  await note(a, 'file.confirmed', id);
  // Her three days run from the day of sending: the electronic communication reached the police then, not when they rang back.
  // BNSS 173(1)(ii); clocks.json: "exclude the day of sending".
  await moment(h, file, { moment: 'confirmed', at: h.now });
  const desk = await deskFor(h, file);
  if (desk.id !== file.desk_post) await store.putOnDesk(h, id, desk.id, h.now, 'confirmed');
  await tell(h, topicOf(desk.id), id);
  return number;
}

// The station she chose; for "any" the officer for crimes against women, who assigns; where a police officer is accused, the
// zone above that station, so that the file does not begin among his colleagues.
async function deskFor(h: Act, file: store.File): Promise<Post> {
  const choice = (await findComplaint(h, file.id))?.station_choice ?? 'any';
  if (choice === 'any') return firstOf(h, file.district, ['adcp-women']);
  if (!file.happened.accused_police) return firstOf(h, choice, ['help-desk', 'sho']);
  const zone = choice.split('.').slice(0, 4).join('.');
  const [dcp] = await postsOf(h, zone, 'dcp');
  return dcp ?? firstOf(h, file.district, ['adcp-women']);
}

type Stepped = { file: string; step: string; from: store.File['state'] | null; to: store.File['state'] };
const writeStep = (a: Act, h: Act, told: Stepped) => store.addStep(h, stepOf(a, h, told));

function stepOf({ actor }: Act, h: Act, told: Stepped) {
  const by = actor.kind === 'officer' ? { post: actor.post, officer: actor.officer } : { post: null, officer: null };
  const row = { file: told.file, step: told.step, from_state: told.from, to_state: told.to };
  return { id: newId(), ...row, ...by, at: h.now, form: {}, sealed_note: null };
}
