// When she may be heard and by whom, what can be done with an appointment, how long a room and a key of the relay are open. Pure.
import { type Cited, duties, type DutyCode } from '#law';
import { hoursWithin, type Window } from '#notify';
import type { HearingAbout, HearingKind, HearingState } from './forms.ts';

type Instant = Temporal.Instant;

/** How long an appointment is taken to last: all of it must lie in her hours. */
export const LASTS = Temporal.Duration.from({ minutes: 30 });
/** A room opens so long before its time … */
export const OPENS_BEFORE = Temporal.Duration.from({ minutes: 15 });
/** … and closes so long after it began, if nobody has written down how it ended. */
export const CLOSES_AFTER = Temporal.Duration.from({ hours: 3 });
/** If nobody of the police has come by then, the post above hears of it and she may choose again. Our own measure. */
export const COMES_WITHIN = Temporal.Duration.from({ minutes: 15 });
/** Nobody is asked to wait longer than this for a time. */
const FARTHEST = Temporal.Duration.from({ hours: 24 * 14 });
/** What browsers said to each other is erased after this, taken or not. */
export const SIGNALS_LIVE = Temporal.Duration.from({ minutes: 2 });
/** How long a key of the relay opens it: time enough to connect, of no use afterwards. */
export const ICE_SECONDS = 600;
/** So many wrong tries at a code for somebody who sits with her, then it is shut. The database holds to it as well. */
export const MOST_WRONG = 10;
/** Who gave no hours is heard by day. */
const BY_DAY: readonly Window[] = [{ from: '08:00', to: '20:00' }];

const before = (a: Instant, b: Instant) => Temporal.Instant.compare(a, b) < 0;

/** Her hours as the offer must keep them. */
export const hoursOf = (windows: readonly Window[]): readonly Window[] => (windows.length > 0 ? windows : BY_DAY);

type Stretch = { from: Instant; to: Instant };
/** A day that is given as ending at 23:59 goes on at 0:00: a minute is no gap. */
const NO_GAP = Temporal.Duration.from({ minutes: 1 });
/** Stretches that follow one another without a gap are one: whoever ticked morning and noon may be heard across twelve o'clock. */
function joined(hours: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const next of hours.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const last = whole.at(-1);
    if (!last || before(last.to.add(NO_GAP), next.from)) whole.push({ ...next });
    else if (before(last.to, next.to)) last.to = next.to;
  }
  return whole;
}

/** What is wrong with a time. */
export type Fault = 'not-in-the-past' | 'too-far-ahead' | 'outside-her-hours' | 'same-time-twice';

/**
 * Why these times cannot be offered; silence is consent. The whole appointment must lie in her hours.
 * @param windows her hours of a day in India
 */
export function faultOfTimes(times: readonly Instant[], windows: readonly Window[], now: Instant): Fault | undefined {
  if (new Set(times.map(String)).size < times.length) return 'same-time-twice';
  for (const at of times) {
    if (!before(now, at)) return 'not-in-the-past';
    if (before(now.add(FARTHEST), at)) return 'too-far-ahead';
    const stretch = { from: at.subtract({ hours: 24 }), to: at.add({ hours: 24 }) };
    const inside = joined(hoursWithin(hoursOf(windows), stretch)).some(
      ({ from, to }) => !before(at, from) && !before(to, at.add(LASTS)),
    );
    if (!inside) return 'outside-her-hours';
  }
  return undefined;
}

/** Whether an instant lies in her hours. */
export const inHours = (windows: readonly Window[], at: Instant): boolean =>
  hoursWithin(hoursOf(windows), { from: at, to: at.add({ minutes: 1 }) }).some(({ from }) => from.equals(at));

const ASKED_OF_A_WOMAN: readonly DutyCode[] = ['woman-officer-records', 'woman-officer-questions'];

/**
 * Whether only a woman officer may hear her: where her word is taken down or she is questioned and the sections ask for one
 * (BNSS 173(1) and 180(3)); while no section is on record, always; with a child always (POCSO 24(1)); and whenever she wishes it.
 */
export function womanNeeded(told: {
  about: HearingAbout;
  sections: readonly Cited[];
  child: boolean;
  wished: boolean;
}): boolean {
  if (told.wished) return true;
  if (told.about === 'progress') return false;
  if (told.child || told.sections.length === 0) return true;
  return duties(told.sections, told.child).some(({ duty }) => ASKED_OF_A_WOMAN.includes(duty));
}

/** An appointment as the rules see it. */
export type Standing = { state: HearingState; kind: HearingKind; starts_at: Instant | null };
export type Deed = 'offer-again' | 'choose' | 'ask-others' | 'cancel' | 'bring' | 'join' | 'call' | 'write-outcome';

const FROM: Record<Deed, readonly HearingState[]> = {
  'offer-again': ['offered', 'asked', 'chosen', 'lapsed'],
  choose: ['offered', 'chosen', 'lapsed'],
  'ask-others': ['offered', 'chosen', 'lapsed', 'asked'],
  cancel: ['offered', 'asked', 'chosen', 'lapsed'],
  bring: ['chosen', 'lapsed'],
  join: ['chosen', 'lapsed'],
  call: ['chosen', 'lapsed'],
  'write-outcome': ['chosen', 'lapsed'],
};

/** Why a deed cannot be done now; silence is consent. Who may do it is asked elsewhere. */
export function whyNot(deed: Deed, it: Standing, now: Instant): string | undefined {
  if (['held', 'not-held', 'cancelled'].includes(it.state)) return 'hearing-over';
  if (!FROM[deed].includes(it.state)) return 'not-chosen-yet';
  if (deed === 'join' && it.kind === 'phone') return 'heard-by-phone';
  const timed = deed === 'join' || deed === 'call' || deed === 'write-outcome';
  if (!timed || !it.starts_at) return undefined;
  if (before(now, it.starts_at.subtract(OPENS_BEFORE))) return 'not-open-yet';
  if (deed === 'join' && !before(now, it.starts_at.add(CLOSES_AFTER))) return 'hearing-over';
  return undefined;
}

/** The times that are on offer now: those of the last round that still lie ahead. */
export function onOffer<T extends { round: number; starts_at: Instant }>(slots: readonly T[], now: Instant): T[] {
  const last = Math.max(0, ...slots.map(({ round }) => round));
  return slots.filter((slot) => slot.round === last && before(now, slot.starts_at));
}
