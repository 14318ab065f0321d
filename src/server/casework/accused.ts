// What happens to one accused: arrested, remanded, released. He is a number here; who he is stands under seal.
import { type Act, asHouse, refuse } from '#foundation';
import { markAccused, plateOf, toE164 } from '#sealed-identity';
import { type Deed, onRecordAt, refuseFault, told } from './deed.ts';
import { faultOfArrest, faultOfCustody, faultOfInstant } from './guards.ts';
import { moment } from './moments.ts';
import * as store from './store.ts';

/** One accused as the steps of a file tell of him, by his number. */
export type Accused = {
  accused: number;
  arrested_at: Temporal.Instant | null;
  remanded_at: Temporal.Instant | null;
  released_at: Temporal.Instant | null;
  in_custody: boolean;
};

/**
 * What the steps of a file tell of its accused: the last arrest, the first remand after it, the last release.
 * @param steps of one file, in order
 */
export function accusedIn(steps: readonly Pick<store.Step, 'step' | 'form'>[]): Accused[] {
  const all = new Map<number, Accused>();
  for (const { step, form } of steps) {
    if (step !== 'arrest' && step !== 'remand' && step !== 'release') continue;
    const accused = Number(form.accused);
    const at = Temporal.Instant.from(String(form.at));
    const one = all.get(accused) ?? {
      accused,
      arrested_at: null,
      remanded_at: null,
      released_at: null,
      in_custody: false,
    };
    if (step === 'release') all.set(accused, { ...one, released_at: at, in_custody: false });
    else if (step === 'remand')
      all.set(accused, { ...one, remanded_at: one.in_custody ? (one.remanded_at ?? at) : at, in_custody: true });
    else all.set(accused, { ...one, arrested_at: at, remanded_at: null, in_custody: true });
  }
  return [...all.values()].sort((a, b) => a.accused - b.accused);
}

const accusedOf = async (a: Act, file: store.File, accused: number): Promise<Accused | undefined> =>
  accusedIn(await store.stepsOf(a, file.id)).find((one) => one.accused === accused);

/**
 * What was learnt of an accused: kept under the case's key, and findable by keyed hashes among the files that a post may see.
 * @throws Refusal `say-what-is-known` about `name`; `mobile-wrong`, `plate-wrong`
 */
export const describeAccused: Deed<'describe-accused'> = async (a, file, { accused, ...known }) => {
  const given = KNOWN.flatMap((what) => (known[what] ? [[what, known[what]] as const] : []));
  if (given.length === 0) refuse('say-what-is-known', 'name');
  if (known.phone && !toE164(known.phone)) refuse('mobile-wrong', 'phone');
  if (known.vehicle && !plateOf(known.vehicle)) refuse('plate-wrong', 'vehicle');
  await asHouse(a, (h) => markAccused(h, file.id, accused - 1, known));
  return { form: { accused, told: given.map(([what]) => what) }, note: given.map(([, said]) => said).join(' · ') };
};
const KNOWN = ['name', 'alias', 'phone', 'vehicle', 'address'] as const;

/** Arrested: within a day he stands before a Magistrate (BNSS 58). Before the FIR only with a reason, which stays on the file. */
export const arrest: Deed<'arrest'> = async (a, file, form) => {
  const { accused, at, before_fir_reason, place } = form;
  refuseFault(faultOfArrest(form, { on_record_at: onRecordAt(file), now: a.now }));
  if ((await accusedOf(a, file, accused))?.in_custody) refuse('already-in-custody', 'accused');
  await moment(a, file, { moment: 'arrested', at, accused });
  const { grounds_told = null, relative_told = null, woman_present = null } = form;
  const words = [before_fir_reason, place].filter(Boolean).join(' · ');
  return {
    form: {
      accused,
      at: at.toString(),
      before_fir: before_fir_reason !== undefined,
      grounds_told,
      relative_told,
      woman_present,
    },
    ...(words ? { note: words } : {}),
  };
};

/** Before a Magistrate, who remands him: from the first remand run the days to bail by default (BNSS 187(3)); a longer one starts none. */
export const remand: Deed<'remand'> = async (a, file, { accused, at, max_years, custody }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  const known = await accusedOf(a, file, accused);
  refuseFault(faultOfCustody(at, known?.in_custody ? (known.arrested_at ?? undefined) : undefined));
  const longer = known?.in_custody === true && known.remanded_at !== null;
  await moment(a, file, { moment: 'produced', at, accused });
  if (!longer) await moment(a, file, { moment: 'remanded', at, accused }, { most_years: max_years });
  return { form: { accused, at: at.toString(), max_years: max_years ?? null, custody: custody ?? null, longer } };
};

/** Free: his clocks stop, and his alone. */
export const release: Deed<'release'> = async (a, file, { accused, at, how }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  const known = await accusedOf(a, file, accused);
  if (!known?.in_custody) refuse('not-in-custody', 'accused');
  refuseFault(faultOfCustody(at, known.remanded_at ?? known.arrested_at ?? undefined));
  await moment(a, file, { moment: 'released-on-bail', at, accused });
  return { form: { accused, at: at.toString(), how } };
};
