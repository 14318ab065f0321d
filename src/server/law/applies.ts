// Whether a rule applies to a case, and on what basis: each answer is a line of the reckoning, so that nobody has to believe it.
import { istDay } from './calendar.ts';
import { type SectionList, TWO_MONTH_LISTS } from './catalogue.ts';
import { type ClockBasis, NO_SECTION, type WhyStep } from './clock-plan.ts';
import { rapeAmong } from './duties.ts';
import { correspondingSections, sectionInList } from './offences.ts';
import { heaviest } from './punishment.ts';
import type { RuleRow } from './rule-row.ts';
import { type Cited, canonicalCited, normaliseAct, normaliseSection } from './sections.ts';

/** What must be known of a case to say which clocks run. Instants are those of the record; `sections` is empty before the FIR. */
export type CaseFacts = {
  /** when the police received the information: an electronic one is received when it is sent */
  received_at: Temporal.Instant;
  sections: readonly Cited[];
  /** under 18 on the day it happened */
  child: boolean;
  /** what it is about in plain words, as she said it */
  categories: readonly string[];
  /** the last day on which it happened, where that is known */
  offence_on: Temporal.PlainDate | null;
  /** the most years of imprisonment, as told with a remand; asked only where the sections leave it open */
  most_years?: number | undefined;
};

/** A rule applies: the lines that say why. */
export type Ground = { basis: ClockBasis; steps: WhyStep[] };

/**
 * Why a rule applies to a case.
 * @param row the rule, and the authority of the version in force
 * @param started the first day's instant
 * @returns undefined where it does not apply
 */
export function groundFor(
  row: RuleRow,
  authority: string | null,
  started: Temporal.Instant,
  facts: CaseFacts,
): Ground | undefined {
  const { applies } = row;
  const cites = authority ?? NO_SECTION;
  switch (applies.to) {
    case 'every-case':
      return express();
    case 'two-month-list':
      return twoMonths(facts, started);
    case 'list':
      return listed(facts.sections, (s) => sectionInList(applies.list, s.act, s.section), cites);
    case 'sections':
      return listed(facts.sections, (s) => isOneOf(s, applies.act, applies.sections), cites);
    case 'rape':
      return ofRape(facts.sections, cites);
    case 'child':
      return ofAChild(facts, cites);
    case 'act': {
      const cited = facts.sections.map(canonicalCited).find(({ act }) => act === applies.act);
      return cited && express({ code: 'act-cited', ...cited });
    }
    case 'category':
      return facts.categories.includes(applies.category) ? express() : undefined;
    case 'by-punishment':
      return express();
    case 'summons-case':
      return withinYears(facts.sections, (years) => years <= 2);
    case 'enquiry-band':
      if (facts.sections.length === 0) return express({ code: 'band-unchecked', authority: cites });
      return withinYears(facts.sections, (years) => years >= 3 && years < 7);
  }
}

const express = (...steps: WhyStep[]): Ground => ({ basis: 'express', steps });

function withinYears(sections: readonly Cited[], holds: (years: number) => boolean): Ground | undefined {
  const most = heaviest(sections);
  return most && holds(most.years) ? express(punishable(most)) : undefined;
}

/** The line that names the heaviest section. */
export const punishable = ({ act, section, years }: { act: string; section: string; years: number }): WhyStep => ({
  code: 'punishable',
  act,
  section,
  years: Number.isFinite(years) ? years : null,
});

function isOneOf({ act, section }: Cited, of_act: string, sections: readonly string[]): boolean {
  const canonical = normaliseSection(act, section);
  return (
    normaliseAct(act) === of_act &&
    canonical !== undefined &&
    sections.some((one) => canonical === one || canonical.startsWith(`${one}(`))
  );
}

/** A list names sections of the new code; an old section counts by the one it became, and every such use is printed. */
function listed(sections: readonly Cited[], holds: (s: Cited) => boolean, list: string): Ground | undefined {
  const own = sections.find(holds);
  if (own) return express({ code: 'section-listed', ...canonicalCited(own), list });
  const old = sections.find((s) => correspondingSections(s.act, s.section).some((next) => holds(next)));
  if (!old) return undefined;
  const from = canonicalCited(old);
  return {
    basis: 'by-correspondence',
    steps: [{ code: 'by-correspondence', ...from, from: from.act, to: list }],
  };
}

function ofRape(sections: readonly Cited[], authority: string): Ground | undefined {
  const rape = rapeAmong(sections);
  if (!rape) return undefined;
  const { act, section, from } = rape;
  // before the new code an old section is named by its own law
  const through = from !== null && authority.startsWith('BNSS') ? from : null;
  const steps: WhyStep[] = [{ code: 'offence-of-rape', act, section }];
  if (through !== null) steps.push({ code: 'by-correspondence', act, section, from: through, to: authority });
  return { basis: through === null ? 'express' : 'by-correspondence', steps };
}

function ofAChild({ child, sections }: CaseFacts, authority: string): Ground | undefined {
  if (child) return express({ code: 'applies-to-child', authority });
  const cited = sections.map(canonicalCited).find(({ act }) => act === 'POCSO');
  return cited && express({ code: 'act-cited', ...cited });
}

/** Which sections of the case are in the two-month list in force that day, and on what basis; an express one outweighs the rest. */
function twoMonths({ sections, child }: CaseFacts, started: Temporal.Instant): Ground {
  const steps = sections.filter(unreadable).map((s): WhyStep => ({ code: 'section-unreadable', ...s }));
  const inList = (list: SectionList) =>
    sections.filter((s) => sectionInList(list, s.act, s.section)).map(canonicalCited);
  const list = listInForce(istDay(started));
  const express_ones = list ? inList(list) : [];
  for (const s of express_ones) steps.push({ code: 'section-listed', ...s, list: list ?? NO_SECTION });
  // BNSS 193(2) names no IPC section. That the old number carries the new limit is a reading, so every use prints it.
  const old = list === 'BNSS 193(2)' ? inList('CrPC 173(1A)') : [];
  for (const s of old) {
    steps.push({ code: 'section-listed', ...s, list: 'CrPC 173(1A)' });
    steps.push({ code: 'by-correspondence', ...s, from: 'CrPC 173(1A)', to: list ?? NO_SECTION });
  }
  if (express_ones.length + old.length === 0) steps.push({ code: 'no-section-listed', list: list ?? null });
  if (child && !sections.some(({ act }) => normaliseAct(act) === 'POCSO')) {
    steps.push({ code: 'child-without-pocso', authority: 'POCSO 42A' });
  }
  return { basis: express_ones.length > 0 ? 'express' : old.length > 0 ? 'by-correspondence' : 'target', steps };
}

function listInForce(on: Temporal.PlainDate): keyof typeof TWO_MONTH_LISTS | undefined {
  const names = Object.keys(TWO_MONTH_LISTS) as (keyof typeof TWO_MONTH_LISTS)[];
  return names.find((name) => {
    const { from, to } = TWO_MONTH_LISTS[name];
    return Temporal.PlainDate.compare(on, from) >= 0 && (to === null || Temporal.PlainDate.compare(on, to) <= 0);
  });
}

const unreadable = ({ act, section }: Cited): boolean => normaliseSection(act, section) === undefined;
