// The clocks: which limit runs, on what authority, until when, and why. Pure: told every instant, asks nothing.
import { istDay } from './calendar.ts';
import { type SectionList, TWO_MONTH_LISTS } from './catalogue.ts';
import { type ClockBasis, type ClockPlan, NO_SECTION, type WhyStep } from './clock-plan.ts';
import { clockRow, lengthOf } from './clock-rows.ts';
import { type Count, countDays, countHours, countMonths } from './counting.ts';
import { rapeAmong } from './duties.ts';
import { sectionInList } from './offences.ts';
import { isNew, NEW_CODES_FROM } from './regime.ts';
import { type Cited, canonicalCited, normaliseAct, normaliseSection } from './sections.ts';
import { repeatEveryDays, stagesOf } from './stages.ts';

type Told = Omit<ClockPlan, 'due_at' | 'due_on' | 'stages' | 'repeat_every_days'>;

/**
 * The two months for completing the investigation. A limit in law when any section of the case is named in the list in
 * force on the day of recording: BNSS 193(2) from 1 July 2024, CrPC 173(1A) from 21 April 2018. An IPC section of the old
 * list in an FIR recorded from 1 July 2024 is a limit in law by correspondence, printed so. Every other case has the
 * same span as a police target. Two calendar months, clamped to the end of the month, never sixty days; on time to the end
 * of the last day in India. For a Zero FIR pass the first recording: transfer never restarts it.
 * @param sections the sections of the FIR; `recorded_at` when the officer in charge recorded the information; `child`
 *   whether she was under 18: it never changes the date, it only says when POCSO was forgotten
 */
export function investigationClock(told: {
  sections: readonly Cited[];
  recorded_at: Temporal.Instant;
  child: boolean;
}): ClockPlan {
  const { sections, recorded_at, child } = told;
  const found = whyListed(sections, istDay(recorded_at));
  const law = found.basis !== 'target';
  const authority = law ? found.list : NO_SECTION;
  const steps: WhyStep[] = [started('information-recorded', recorded_at), ...found.steps];
  if (child && !sections.some(({ act }) => normaliseAct(act) === 'POCSO')) {
    steps.push({ code: 'child-without-pocso', authority: 'POCSO 42A' });
  }
  const months = lengthOf('investigation_two_months', 'calendar_month');
  steps.push({ code: 'rule', authority, months });
  return planned(
    {
      rule: 'investigation_two_months',
      kind: law ? 'law' : 'police-target',
      basis: found.basis,
      authority,
      responsible: 'police',
      started_at: recorded_at,
      stops_on: 'report-forwarded',
      steps,
    },
    countMonths(recorded_at, months),
  );
}

/**
 * The three days in which information sent electronically is to be signed: BNSS 173(1)(ii). The duty is the complainant's;
 * the police must make it possible. The Act does not say what follows if she is late: nothing is erased or closed.
 * @param received_at when the electronic communication was received
 */
export function signingClock(told: { received_at: Temporal.Instant }): ClockPlan {
  const days = lengthOf('efir_sign', 'day');
  const { kind, basis, authority, steps } = dutyOfNewCode('efir_sign', told.received_at);
  return planned(
    {
      rule: 'efir_sign',
      kind,
      basis,
      authority,
      responsible: 'complainant',
      started_at: told.received_at,
      stops_on: 'signed',
      steps: [
        started('information-received', told.received_at),
        ...steps,
        { code: 'rule', authority, days },
        { code: 'police-make-it-possible' },
      ],
    },
    countDays(told.received_at, days),
  );
}

/**
 * The promise that a woman caller rings back within 22 hours of filing. No law says so: a police target, alarm at 20 hours.
 * @param filed_at when the complaint was sent
 */
export function callbackClock(told: { filed_at: Temporal.Instant }): ClockPlan {
  const hours = lengthOf('callback', 'hour');
  return planned(
    {
      rule: 'callback',
      kind: 'police-target',
      basis: 'target',
      authority: NO_SECTION,
      responsible: 'callback-desk',
      started_at: told.filed_at,
      stops_on: 'confirmed',
      steps: [started('complaint-filed', told.filed_at), { code: 'rule', authority: NO_SECTION, hours }],
    },
    countHours(told.filed_at, hours),
  );
}

/**
 * The ninety days within which the police tell her how far they are, in every case: BNSS 193(3)(ii). The section states no
 * start; the day of recording is our reading and said so. The old code had no such duty: a police target there.
 * @param recorded_at when the information was recorded
 */
export function progressClock(told: { recorded_at: Temporal.Instant }): ClockPlan {
  const days = lengthOf('progress_90d', 'day');
  const { kind, basis, authority, steps } = dutyOfNewCode('progress_90d', told.recorded_at);
  return planned(
    {
      rule: 'progress_90d',
      kind,
      basis,
      authority,
      responsible: 'police',
      started_at: told.recorded_at,
      stops_on: 'progress-told',
      steps: [
        started('information-recorded', told.recorded_at),
        ...steps,
        { code: 'rule', authority, days },
        ...(kind === 'law' ? [{ code: 'start-is-our-reading', authority } as const] : []),
      ],
    },
    countDays(told.recorded_at, days),
  );
}

/**
 * The 24 hours within which the police report an offence against a child to the Child Welfare Committee and the Special
 * Court: POCSO 19(6). Only for a child: ask `isChild` first.
 * @param received_at when the police received the information
 */
export function pocsoReportClock(told: { received_at: Temporal.Instant }): ClockPlan {
  const hours = lengthOf('pocso_report_24h', 'hour');
  const authority = clockRow('pocso_report_24h').law_new;
  return planned(
    {
      rule: 'pocso_report_24h',
      kind: 'law',
      basis: 'express',
      authority,
      responsible: 'police',
      started_at: told.received_at,
      stops_on: 'child-welfare-told',
      steps: [started('information-received', told.received_at), { code: 'rule', authority, hours }],
    },
    countHours(told.received_at, hours),
  );
}

/**
 * The 24 hours within which a woman is sent to a doctor in a case of rape, if she consents: BNSS 184(1), before it
 * CrPC 164A(1). In a case under the BNSS an IPC section, or POCSO 4 or 6 through POCSO 27(1), counts by correspondence.
 * @param received_at when the information was received; `sections` the sections of the case
 * @returns undefined unless a section of rape is among them
 */
export function medicalClock(told: {
  received_at: Temporal.Instant;
  sections: readonly Cited[];
}): ClockPlan | undefined {
  const rape = rapeAmong(told.sections);
  if (!rape) return undefined;
  const { act, section } = rape;
  const hours = lengthOf('victim_medical_24h', 'hour');
  const row = clockRow('victim_medical_24h');
  const now_new = isNew(istDay(told.received_at));
  const authority = now_new ? row.law_new : (row.law_old ?? row.law_new);
  const from = now_new ? rape.from : null;
  return planned(
    {
      rule: 'victim_medical_24h',
      kind: 'law',
      basis: from === null ? 'express' : 'by-correspondence',
      authority,
      responsible: 'police',
      started_at: told.received_at,
      stops_on: 'sent-to-doctor',
      steps: [
        started('information-received', told.received_at),
        { code: 'offence-of-rape', act, section },
        ...(from === null ? [] : [{ code: 'by-correspondence', act, section, from, to: authority } as const]),
        { code: 'rule', authority, hours },
        { code: 'only-with-consent', authority },
      ],
    },
    countHours(told.received_at, hours),
  );
}

/**
 * Whether a clock is late at an instant. It is on time to the last millisecond of its limit.
 * @param clock its due instant, and when it was stopped if it was
 * @param now the instant to look from
 */
export function isLate(
  clock: { due_at: Temporal.Instant; stopped_at?: Temporal.Instant | null },
  now: Temporal.Instant,
): boolean {
  return Temporal.Instant.compare(clock.stopped_at ?? now, clock.due_at) > 0;
}

function planned(told: Told, count: Count): ClockPlan {
  const steps = [...told.steps, ...count.steps];
  const plan = { ...told, due_at: count.due_at, due_on: count.due_on, steps };
  return { ...plan, stages: stagesOf(plan), repeat_every_days: repeatEveryDays(plan.rule) };
}

function started(event: Extract<WhyStep, { code: 'started' }>['event'], at: Temporal.Instant): WhyStep {
  return { code: 'started', event, at: at.toString(), on: istDay(at).toString() };
}

type Listing = { list: string; basis: ClockBasis; steps: WhyStep[] };

/** Which sections of the case are in the list in force that day, and on what basis; an express one outweighs the rest. */
function whyListed(sections: readonly Cited[], on: Temporal.PlainDate): Listing {
  const steps = sections.filter(unreadable).map((s): WhyStep => ({ code: 'section-unreadable', ...s }));
  const inList = (list: SectionList) =>
    sections.filter((s) => sectionInList(list, s.act, s.section)).map(canonicalCited);
  const list = listInForce(on);
  if (!list) return { list: NO_SECTION, basis: 'target', steps: [...steps, { code: 'no-section-listed', list: null }] };
  const express = inList(list);
  for (const s of express) steps.push({ code: 'section-listed', ...s, list });
  // BNSS 193(2) names no IPC section. That the old number carries the new limit is a reading, so every use prints it.
  const old = list === 'BNSS 193(2)' ? inList('CrPC 173(1A)') : [];
  for (const s of old) {
    steps.push({ code: 'section-listed', ...s, list: 'CrPC 173(1A)' });
    steps.push({ code: 'by-correspondence', ...s, from: 'CrPC 173(1A)', to: list });
  }
  if (express.length + old.length === 0) steps.push({ code: 'no-section-listed', list });
  return { list, basis: express.length > 0 ? 'express' : old.length > 0 ? 'by-correspondence' : 'target', steps };
}

function listInForce(on: Temporal.PlainDate): keyof typeof TWO_MONTH_LISTS | undefined {
  const names = Object.keys(TWO_MONTH_LISTS) as (keyof typeof TWO_MONTH_LISTS)[];
  return names.find((name) => {
    const { from, to } = TWO_MONTH_LISTS[name];
    return Temporal.PlainDate.compare(on, from) >= 0 && (to === null || Temporal.PlainDate.compare(on, to) <= 0);
  });
}

function unreadable({ act, section }: Cited): boolean {
  return normaliseSection(act, section) === undefined;
}

/** A duty that only the new code knows: before 1 July 2024 it can be no more than a target. */
function dutyOfNewCode(rule: 'efir_sign' | 'progress_90d', at: Temporal.Instant) {
  const authority = clockRow(rule).law_new;
  if (isNew(istDay(at))) return { kind: 'law', basis: 'express', authority, steps: [] as WhyStep[] } as const;
  const in_force_from = NEW_CODES_FROM.toString();
  const steps: WhyStep[] = [{ code: 'no-such-duty-in-old-code', authority, in_force_from }];
  return { kind: 'police-target', basis: 'target', authority: NO_SECTION, steps } as const;
}
