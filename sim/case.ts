// One woman's case as the people of the run know it: what she was told, what she remembers, where they believe it is.
import { randomUUID } from 'node:crypto';
import type { Filed, StepForm } from '#casework';
import { stepForm, takeStep } from '#casework';
import { type ComplaintForm, complaintForm } from '#intake';
import type { Outcome, World } from './world.ts';

export const KANPUR = 'in.up.kanpur_nagar';
export const KALYANPUR = `${KANPUR}.west.circle_12.kalyanpur`;
export const KOTWALI = `${KANPUR}.east.circle_1.kotwali`;
/** Stands in every name and text of hers, and nowhere else: where it turns up unsealed, something leaked. */
export const CANARY = 'Kanariyah';

export type Case = {
  n: number;
  form: ComplaintForm;
  filed?: Filed;
  number?: string;
  /** she was told “sent”, and from then on it must exist exactly once */
  acknowledged: boolean;
  /** how many of her SMS never arrive, of ten */
  lost_sms: number;
  /** answers the phone, of ten calls */
  answers: number;
};

const HAPPENED = ['stalking', 'molestation', 'rape', 'cyber', 'domestic_cruelty', 'dowry'] as const;
const ACCUSED = ['Mulzim Lal', 'Mulzim Singh', 'मुलज़िम नमूना', 'Mulzim Khan'];
const WINDOWS = [
  [{ from: '00:00', to: '23:59' }],
  [{ from: '10:00', to: '17:00' }],
  [
    { from: '08:00', to: '10:00' },
    { from: '18:00', to: '21:00' },
  ],
];

/** A woman who is about to file: everything about her is drawn. */
export function newCase(w: World, n: number): Case {
  const { dice } = w;
  const child = dice.chance(0.12);
  const silent = dice.chance(0.05);
  const form = complaintForm.parse({
    form_id: randomUUID(),
    language: dice.chance(0.85) ? 'hi' : 'en',
    channel: 'web',
    reporter: { relation: child ? 'parent_guardian' : 'self', ...(child ? { name: `${CANARY} Mata` } : {}) },
    affected: { woman_or_girl: true, name: `${CANARY} Devi`, age: child ? 10 + dice.below(8) : 18 + dice.below(40) },
    // of another thousand each, as people's are
    mobile: String(9_300_000_000 + n * 1001),
    phone_watched: dice.chance(0.1),
    safe_contact: { modes: silent ? ['no_contact'] : ['call', 'sms'], windows: silent ? [] : dice.one(WINDOWS) },
    address_now: { district: KANPUR },
    station: dice.chance(0.9) ? KALYANPUR : KOTWALI,
    happened: [dice.one(HAPPENED), ...(child ? ['child'] : [])],
    when: { precision: 'unknown' },
    where: { place_type: 'public', text: `${CANARY} bazaar` },
    accused: [{ known: true, name: dice.one(ACCUSED) }],
    account: { text: `${CANARY}: what happened, ${n}` },
    needs: { danger_now: dice.chance(0.05) },
    agreed: true,
    notice_version: '1',
  });
  return { n, form, acknowledged: false, lost_sms: dice.below(4), answers: 3 + dice.below(7) };
}

/** A step of an officer on a case; what he fills in is parsed as a page parses it. */
export async function step(
  w: World,
  who: string,
  c: Case,
  form: { step: StepForm['step'] } & Record<string, unknown>,
): Promise<boolean> {
  const key = `${c.n} ${form.step} ${randomUUID()}`;
  const done: Outcome<unknown> = await w.deed(who, `casework.${form.step}`, key, (a) =>
    takeStep(a, c.number ?? '', stepForm.parse(form)),
  );
  w.say(`case ${c.n}: ${who} ${form.step} ${'refused' in done ? done.refused : 'done'}`);
  return !('refused' in done);
}
