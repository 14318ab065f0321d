// Officers at work through the API: a complaint is confirmed at a desk, received, given to an officer, signed, registered, and a diary is
// written. Each step has a key of its own and is sent until it is acknowledged or refused.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxSignIn } from '#signin';
import { someComplaint } from '../../e2e/complaint.ts';
import type { Gateway } from './house.ts';
import { type Answer, ask, type Body, intend, type Journal, persist } from './journal.ts';

/** Whoever sits there says so again after so long: a confirmed session lasts five minutes. */
const AGAIN_MS = 180_000;
const SMS_MS = 90_000;
const LOOK_MS = 200;
const DIARIES = 3;

type Desk = { street: string; journal: Journal; gateway: Gateway; isOver: () => boolean };
/** Who the officers of one walk are, by the cast. */
type Crew = { desk: string; sho: string; io: string };
export const CREWS: readonly Crew[] = [
  { desk: 'suman', sho: 'verma', io: 'rekha' },
  { desk: 'suman', sho: 'verma', io: 'khan' },
];

const tokens = new Map<string, { token: string; until: number }>();
/** The session of one of the cast, begun anew when it is old: at the house's own database, where nobody has a passkey. */
export async function tokenOf(who: string): Promise<string | undefined> {
  const known = tokens.get(who);
  if (known && known.until > performance.now()) return known.token;
  const begun = await sandboxSignIn(who).catch(() => undefined);
  if (begun) tokens.set(who, { token: begun.token, until: performance.now() + AGAIN_MS });
  return begun?.token;
}
/** A request as somebody of the cast. Whoever is not let in signs in anew the next time. */
export async function askAs(
  who: string,
  url: string,
  { body, key }: { body?: unknown; key?: string } = {},
): Promise<Answer> {
  const token = await tokenOf(who);
  if (!token) return { status: 0, body: {} };
  const answer = await ask(url, { body, token, ...(key ? { key } : {}) });
  if (answer.status === 401) tokens.delete(who);
  return answer;
}

// what came to her telephone, of which she reads the eight digits out
async function codeTo(mobile: string, { gateway, isOver }: Desk): Promise<string | undefined> {
  for (const end = performance.now() + SMS_MS; performance.now() < end && !isOver(); await pause(LOOK_MS)) {
    const sms = gateway.taken.findLast(({ to }) => to.endsWith(mobile));
    const code = /\d{4} ?\d{4}/.exec(sms?.text ?? '')?.[0];
    if (code) return code;
  }
  return undefined;
}

let fir = 0;
/** One complaint from her to a diary that is being written. */
async function walk(crew: Crew, desk: Desk, postOf: (who: string) => Promise<string>): Promise<void> {
  const { street, journal, isOver } = desk;
  const form_id = randomUUID();
  const complaint = someComplaint({ form_id });
  const filed = await persist(
    journal,
    intend(journal, 'complaint', form_id),
    () => ask(`${street}/api/v1/complaints`, { body: complaint, key: form_id }),
    isOver,
  );
  const code = filed && (await codeTo(String(complaint.mobile), desk));
  if (!code) return;
  const pair = { receipt: filed.receipt, code };
  const send = async (who: string, path: string, body: Body, about: { about: string; step: string }) => {
    const key = randomUUID();
    const one = intend(journal, 'step', key, about);
    const said = await persist(journal, one, () => askAs(who, `${street}/api/v1/${path}`, { body, key }), isOver);
    // a wrong code is an answer, and no step
    if (said?.outcome === 'wrong-code') one.at = undefined;
    return said;
  };
  const confirmed = await send(crew.desk, 'confirmations', pair, { about: form_id, step: 'confirm' });
  const number = confirmed?.complaint_number;
  if (typeof number !== 'string') return;
  let now: unknown;
  const step = async (who: string, form: Body & { step: string }): Promise<boolean> => {
    const file = await send(who, `files/${number}/steps`, form, { about: number, step: form.step });
    now = file?.as_of;
    return file !== undefined;
  };
  if (!(await step(crew.desk, { step: 'receive' }))) return;
  if (!(await step(crew.sho, { step: 'assign', to_post: await postOf(crew.io) }))) return;
  if (!(await step(crew.io, { step: 'sign', signed_at: now, place: 'home' }))) return;
  fir += 1;
  const registered = await step(crew.sho, {
    step: 'register-fir',
    fir_number: String(fir),
    year: Number(String(now).slice(0, 4)),
    recorded_at: now,
    offence_on: Temporal.Instant.from(String(now))
      .toZonedDateTimeISO('Asia/Kolkata')
      .subtract({ days: 2 })
      .toPlainDate(),
    sections: [{ act: 'BNS', section: '78' }],
  });
  for (let n = 0; registered && n < DIARIES && !isOver(); n++)
    if (!(await step(crew.io, { step: 'diary', text: `मौके पर गए, ${n + 1}` }))) return;
}

/** Walks one complaint after the other through the hands of its officers, until it is over. */
export function officersAtWork(desk: Desk): Promise<void>[] {
  const posts = new Map<string, string>();
  const postOf = async (who: string): Promise<string> => {
    const known = posts.get(who);
    if (known) return known;
    const { body } = await askAs(who, `${desk.street}/api/v1/me`);
    const id = (body.post as Body | undefined)?.id;
    if (typeof id === 'string') posts.set(who, id);
    return String(id);
  };
  return CREWS.map(async (crew) => {
    // asked before the first fault: afterwards it is known
    for (const who of [crew.desk, crew.sho, crew.io]) await postOf(who);
    while (!desk.isOver()) await walk(crew, desk, postOf);
  });
}
