// An alarm is raised: once whatever is sent twice, written down with all its orders before it is acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import { type Act, act, type Actor, faultOf, hear, house, keys, log, newId, noteEach, read, refuse } from '#foundation';
import { sendSms } from '#notify';
import { openAlarmSessions } from '#posts';
import { isOwner } from './dispatcher.ts';
import { fleetReady } from './fleet.ts';
import { type AlertForm, alertForm } from './forms.ts';
import { type HerAlert, herView, herViewsOf, subjectOf } from './her-view.ts';
import { sealNumber } from './registrations.ts';
import * as store from './store.ts';
import { type Press, type Way, writeDown } from './written-down.ts';

export type Raised = HerAlert & { token: string | null; again: boolean };

type Waiting = Press & { done: (raised: Raised) => void; failed: (why: unknown) => void };

/** Presses that are written down together: while some are on their way to the disk, the next wait and go together. */
const TOGETHER = 50;
const AT_ONCE = 2;
/** How long she waits for another process to send, and how often it is looked at where nothing is heard. */
const PATIENCE_MS = 1500;
const LOOK_MS = 250;
let waiting: Waiting[] = [];
let writing = 0;

/**
 * Raises an alarm. It is on the disk with all its orders before this returns. The same `form_id` again, or a second press while the first
 * alarm of a number is open, is the first alarm: nothing new is sent, the newer place counts.
 * @param actor her device by its token; null: an unregistered woman, who is helped just the same
 * @param caller keyed hash of the number behind an SMS
 */
export async function raise(
  actor: Actor | null,
  form: AlertForm,
  options: { way?: Way; caller?: Buffer | null; request_id?: string } = {},
): Promise<Raised> {
  const { way = 'phone', caller = null, request_id } = options;
  await fleetReady(form.point);
  const raised = await new Promise<Raised>((done, failed) => {
    waiting.push({ id: newId(), actor, form, way, caller, request_id, done, failed });
    write();
  });
  if (isOwner() || raised.state !== 'waiting') return raised;
  await answeredElsewhere(raised.alert);
  const shown = await read(house(), 'sos.show', async (r) =>
    herView(r, (await store.findAlert(r, raised.alert)) ?? refuse('not-found')),
  );
  return { ...shown, token: raised.token, again: raised.again };
}

// who presses: two presses of one phone never go together, the second has to find the first
const whoPresses = ({ id, actor, caller }: Press): string => subjectOf(actor) ?? caller?.toString('hex') ?? id;
function write(): void {
  while (writing < AT_ONCE && waiting.length > 0) {
    const together = new Map<string, Waiting>();
    const later: Waiting[] = [];
    for (const press of waiting) {
      const who = whoPresses(press);
      if (together.size < TOGETHER && !together.has(who)) together.set(who, press);
      else later.push(press);
    }
    waiting = later;
    writing += 1;
    void settle([...together.values()]).finally(() => {
      writing -= 1;
      write();
    });
  }
}
// one that cannot be written does not keep the others from being written
async function settle(presses: readonly Waiting[]): Promise<void> {
  const [first] = presses;
  if (!first) return;
  try {
    const raised = await act(house(), deedOf(first), (h) => raiseTogether(h, presses), {
      subject: first.id,
      ...(first.request_id ? { request_id: first.request_id } : {}),
    });
    for (const [n, press] of presses.entries()) press.done(raised[n] as Raised);
  } catch (why) {
    if (presses.length === 1) first.failed(why);
    else for (const press of presses) await settle([press]);
  }
}
const deedOf = ({ form }: Press): string => (form.drill ? 'sos.practise' : 'sos.raise');

async function raiseTogether(h: Act, presses: readonly Press[]): Promise<Raised[]> {
  const written = await writeDown(h, presses);
  // Whoever is not registered gets a key to this one alarm; again where the answer to the first sending was lost, for whoever knows the
  // id that was drawn on the phone is the phone.
  const keyed = presses.flatMap((press, n) => {
    const one = written[n];
    return one && !one.registered && press.way !== 'sms' ? [one.id] : [];
  });
  const [tokens, views] = await Promise.all([
    openAlarmSessions(h, keyed),
    herViewsOf(
      h,
      written.map(({ id }) => id),
    ),
    noteEach(
      h,
      presses.slice(1).map((press) => ({ deed: deedOf(press), subject: press.id })),
    ),
  ]);
  return written.flatMap(({ id, again }, n) => {
    const view = views[n];
    return view ? [{ ...view, token: tokens[keyed.indexOf(id)] ?? null, again }] : [];
  });
}

// another process owns the fleet: it is told by the same commit, and has a second and a half before she is answered without orders
async function answeredElsewhere(id: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let told: (() => void) | undefined;
  const deaf = hear((topic, word) => {
    if (topic === 'sos' && word === id) told?.();
  });
  try {
    while (performance.now() < until) {
      // its commit is heard of; whatever is missed is looked for
      const heard = new Promise<void>((go) => {
        told = go;
      });
      const state = await read(house(), 'sos.show', async (r) => (await store.findAlert(r, id))?.state);
      if (state !== 'waiting') return;
      await Promise.race([heard, pause(LOOK_MS, undefined, { ref: false })]);
    }
  } finally {
    deaf();
  }
}

/** An alarm by SMS: `SOS lat,lon` or a bare SOS. She gets a short answer that says nothing to anybody else who reads it. */
export async function raiseBySms(
  from: string,
  parts: { point: { lat: number; lon: number } | null },
  at: Temporal.Instant | undefined,
): Promise<Raised> {
  const caller = keys.mac('sos-mobile', from);
  const registration = await read(house(), 'sos.show', (r) => store.registrationBy(r, caller, 'confirmed'));
  const actor: Actor | null = registration ? { kind: 'citizen', secret: null, subject: registration.id } : null;
  const raised = await raise(
    actor,
    alertForm.parse({ point: parts.point, silent: true, ...(at ? { at: at.toString() } : {}) }),
    {
      way: 'sms',
      caller,
    },
  );
  // help does not hang on the answer
  await act(house(), 'sos.answer-sms', (h) => answerSms(h, raised, from, registration), {
    subject: raised.alert,
  }).catch((error: unknown) => log.warn(faultOf(error), 'sms answer'));
  return raised;
}
async function answerSms(
  h: Act,
  raised: Raised,
  from: string,
  registration: Pick<store.Registration, 'id' | 'language'> | undefined,
): Promise<void> {
  const subject = registration?.id ?? raised.alert;
  const language = registration?.language ?? 'hi';
  // a number that is not known is sealed under its alarm: for this answer, and for the control room that calls her
  if (!registration && !raised.again) await sealNumber(h, raised.alert, from, language);
  const etas = raised.units.flatMap(({ eta_s }) => eta_s ?? []);
  const purpose = `sos-answer/${raised.alert}`;
  const nobody = raised.short_of === 'programme-off' ? 'call-112' : 'will-call';
  if (etas.length === 0) await sendSms(h, { subject, purpose, template: nobody, language, params: {}, n: 1 });
  else
    await sendSms(h, {
      subject,
      purpose,
      template: 'on-the-way',
      language,
      params: { few: `${etas.length}`, minutes: `${Math.max(1, Math.round(Math.min(...etas) / 60))}` },
      n: 1,
    });
}
