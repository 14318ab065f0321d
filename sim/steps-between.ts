// What else happens to a file while it is inquired into: statements of doctors, things taken, what the court says, what a superior orders, a
// line that has to be put right. Whoever does it may be away, or too early, and is refused then.
import { CANARY } from './case.ts';
import type { StepForm } from '#casework';
import type { World } from './world.ts';

type Who = { officer: string; sho: string };
type Drawn = { who: string; form: { step: StepForm['step'] } & Record<string, unknown> };

const HOUR = 60;

const STEPS: readonly ((w: World, who: Who) => Drawn)[] = [
  (_w, { officer }) => ({ who: officer, form: { step: 'correct', entry: 1, text: `${CANARY}: the other day` } }),
  (w, { officer }) => ({
    who: officer,
    form: w.dice.chance(0.3)
      ? { step: 'medical', declined: true, informed: true, declined_at: said(w) }
      : { step: 'medical', consented_at: said(w), sent_at: said(w) },
  }),
  (w, { officer }) => ({
    who: officer,
    form: {
      step: 'summon',
      why: w.dice.one(['statement', 'identification', 'document'] as const),
      at: ahead(w, 3),
      place: 'thana',
      agreed: w.dice.chance(0.7),
      cannot: 'her-wish',
      note: 'as she asked',
    },
  }),
  (w, { officer }) => ({
    who: officer,
    form: {
      step: 'summon-result',
      result: w.dice.one(['attended', 'heard-at-home', 'not-held'] as const),
      at: said(w),
    },
  }),
  (w, { officer }) => ({
    who: officer,
    form: { step: 'seizure', at: said(w), what: 'a telephone', place: 'home', audio_video: true },
  }),
  (w, { officer }) => ({
    who: officer,
    form: {
      step: 'test-identification',
      at: said(w),
      accused: '1',
      result: w.dice.one(['identified', 'not-identified'] as const),
      before: 'the magistrate',
    },
  }),
  (_w, { officer }) => ({ who: officer, form: { step: 'describe-accused', accused: '1', alias: 'Chhotu' } }),
  (w, { officer }) => ({
    who: officer,
    form: { step: 'remand', accused: '1', at: said(w), max_years: 7, custody: 'judicial-custody' },
  }),
  (w, { officer }) => ({
    who: officer,
    form: { step: 'release', accused: '1', at: said(w), how: w.dice.one(['court-bail', 'default-bail'] as const) },
  }),
  (w, { sho }) => ({ who: sho, form: { step: 'tell-progress', at: said(w) } }),
  (w, { sho }) => ({ who: sho, form: { step: 'tell-child-welfare', at: said(w) } }),
  (w, { sho }) => ({
    who: sho,
    form: {
      step: 'court-order',
      kind: w.dice.one(['stay', 'stay-lifted', 'monitoring'] as const),
      court: 'High Court',
      at: said(w),
    },
  }),
  (w, { sho }) => ({
    who: sho,
    form: {
      step: 'court-date',
      on: ahead(w, 20).slice(0, 10),
      court: 'Sessions',
      for: w.dice.one(['bail', 'charge'] as const),
    },
  }),
  (w, { sho }) => ({
    who: sho,
    form: { step: 'further-investigation', permitted_at: said(w), court: 'Sessions' },
  }),
  (w) => ({ who: 'singh', form: { step: 'direct', text: `${CANARY}: hear her again`, by: ahead(w, 10).slice(0, 10) } }),
  (_w, { officer }) => ({ who: officer, form: { step: 'comply', text: `${CANARY}: done` } }),
  () => ({ who: 'singh', form: { step: 'inspect', text: `${CANARY}: read` } }),
];

/** Something else that somebody does about a file that is inquired into. */
export const drawnStep = (w: World, who: Who): Drawn => w.dice.one(STEPS)(w, who);

/** Told now, of some hours ago or of now. */
const said = (w: World): string =>
  w.dice.chance(0.5)
    ? w.now().toString()
    : w
        .now()
        .subtract({ minutes: w.dice.below(2 * HOUR) })
        .toString();
const ahead = (w: World, days: number): string =>
  w
    .now()
    .add({ hours: 24 * (1 + w.dice.below(days)) })
    .toZonedDateTimeISO('Asia/Kolkata')
    .toString({ timeZoneName: 'never' });
