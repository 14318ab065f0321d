import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HELD, type HeldAct, isHeld, named, paragraph, plain, textOf } from '../../../test/law-text/acts.ts';
import { DUTY_LISTS, TWO_MONTH_LISTS } from './catalogue.ts';
import { duties, listClockRows, listOffences, parentSection } from './law.ts';

/** Where the words of our copy are known to be wrong, each with the reason. Nothing else may differ. */
const FAULTS_OF_THE_COPY = {
  'BNSS 58': 'the body printed under this number is that of another section (the report of arrests without warrant)',
  'BNS 72(2)': 'the copy breaks off after clause (a): (b) and (c) are missing',
} as const;

/** Where each list stands in the words of the act: section, and how its paragraph begins. */
const STANDS: Record<keyof typeof DUTY_LISTS, readonly (readonly [HeldAct, string, string])[]> = {
  BNSS_173_1_first_proviso_woman_officer: [
    ['BNSS', '173', 'Provided that if the information is given by the woman'],
    ['BNSS', '173', '(a) in the event that the person against whom'],
    // the list of who questions her is the same, in words of its own
    ['BNSS', '180', 'Provided further that the statement of a woman'],
  ],
  BNSS_183_6: [['BNSS', '183', '(6) (a) In cases punishable under']],
  BNS_72_identity: [['BNS', '72', '(1) Whoever prints or publishes']],
  BNS_199_c_refusal: [['BNS', '199', '(c) fails to record any information']],
  BNSS_397_free_treatment: [['BNSS', '397', 'All hospitals, public or private']],
  BNSS_346_trial_two_months: [['BNSS', '346', 'Provided that when the inquiry or trial relates']],
  BNSS_366_2_in_camera: [['BNSS', '366', '(2) Notwithstanding anything']],
  BNSS_418_4_appeal_six_months: [['BNSS', '418', '(4) When an appeal has been filed']],
};

/** Rows of clocks.json that apply to listed sections, and the paragraph that lists them. */
const APPLIES = {
  investigation_two_months: ['BNSS', '193', '(2) The investigation in relation to'],
  magistrate_statement: ['BNSS', '183', '(6) (a) In cases punishable under'],
  trial_two_months: ['BNSS', '346', 'Provided that when the inquiry or trial relates'],
  appeal_6m: ['BNSS', '418', '(4) When an appeal has been filed'],
  bail_notice_15d: ['BNSS', '483', '(2) The presence of the informant'],
  free_treatment: ['BNSS', '397', 'All hospitals, public or private'],
} as const satisfies Record<string, readonly [HeldAct, string, string]>;

/** The sections of offences a paragraph names: its references to the procedure itself are none. */
function listedIn([act, section, begins]: readonly [HeldAct, string, string]): string[] {
  const { sections, rest } = named(paragraph(act, section, begins), act);
  // no number of a section was left unread: a list cannot be cut short unseen
  expect(rest.replaceAll(/\(\d+[A-Z]?\)|\(\d+ of \d{4}\)/g, ''), rest).not.toMatch(/\d/);
  return sections.filter((one) => !one.startsWith('BNSS '));
}

const withAct = (entry: string): string => (entry.includes(' ') ? entry : `BNS ${entry}`);
const clockRows = listClockRows();
/** "BNSS 173(4), 175(3)" → act and its sections. */
function cites(text: string): { act: string; sections: string[] } | undefined {
  const [, act, rest] = /^([A-Z]+) (\d.*)$/.exec(text) ?? [];
  return act && rest
    ? { act, sections: rest.split(/[,;]/).flatMap((one) => /^\s*(\d+[A-Z]*)\b/.exec(one)?.[1] ?? []) }
    : undefined;
}

describe('every list is the list of the statute, whole and nothing beside it', () => {
  test.each(Object.entries(STANDS))('%s', (name, places) => {
    const list = DUTY_LISTS[name as keyof typeof DUTY_LISTS].map(withAct);
    for (const place of places) expect(listedIn(place), place.join(' ')).toEqual(list);
  });

  test('investigation_two_months: the sections of BNSS 193(2) are all there', () => {
    const { BNS, POCSO } = TWO_MONTH_LISTS['BNSS 193(2)'];
    const list = [...BNS.map((s) => `BNS ${s}`), ...POCSO.map((s) => `POCSO ${s}`)];
    expect(listedIn(APPLIES.investigation_two_months)).toEqual(list);
  });

  test.each(Object.entries(APPLIES))('what the row %s says it applies to is what its section says', (id, place) => {
    const row = clockRows.find((one) => one.id === id);
    const said = (row?.applies_to ?? '').replace(/\(old:.*\)/, '').split(';');
    const sections = said.flatMap((part) => {
      const [act = '', ...list] = part.trim().split(/,\s*|\s+/);
      return list.flatMap((one) => spread(one).map((number) => `${act} ${number}`));
    });
    expect(sections).toEqual(listedIn(place));
  });
});

function spread(range: string): string[] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  if (!from || !to) return [range];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => String(Number(from) + n));
}

describe('every section that is cited stands in the act', () => {
  const rows = listOffences({ verified: true }).filter((row) => isHeld(row.act));
  test('there are verified rows of five acts to look at', () => {
    expect(new Set(rows.map((row) => row.act))).toEqual(new Set(['BNS', 'POCSO', 'DPA', 'PWDVA']));
    // of the IT Act no row is verified yet; its sections are looked at all the same, below
    expect(rows.length).toBeGreaterThan(65);
  });

  test.each(listOffences().filter((row) => isHeld(row.act)))('$act $section is a section of its act', (row) => {
    const text = isHeld(row.act) ? textOf(row.act, parentSection(row.section)) : undefined;
    expect(text, row.id).toBeDefined();
    const [, sub] = /\((\d+)\)/.exec(row.section) ?? [];
    if (sub) expect(text, row.id).toMatch(new RegExp(`(?:^|\\n|--)\\s*\\[?\\(${sub}\\)`));
  });

  test('so does every BNS section an old one became', () => {
    for (const row of listOffences())
      for (const { act, section } of row.corresponds_to)
        if (isHeld(act)) expect(textOf(act, parentSection(section)), `${row.id} → ${act} ${section}`).toBeDefined();
  });

  test('so does the authority of every duty', () => {
    const cited = listOffences().map(({ act, section }) => ({ act, section }));
    const owed = [...duties(cited, true), ...duties(cited, false)];
    expect(owed.length).toBeGreaterThan(15);
    for (const { duty, authority } of owed) {
      const { act = '', sections = [] } = cites(authority) ?? {};
      expect(isHeld(act) && sections.every((one) => textOf(act, one) !== undefined), `${duty}: ${authority}`).toBe(
        true,
      );
    }
  });

  test.each(clockRows.map((row) => [row.id, row.law_new] as const))('clock %s: %s', (_id, law_new) => {
    const { act = '', sections = [] } = cites(law_new) ?? {};
    if (!isHeld(act)) return;
    expect(sections.length).toBeGreaterThan(0);
    for (const one of sections) expect(textOf(act, one), `${act} ${one}`).toBeDefined();
  });
});

describe('the words quoted for a clock are the words of the act', () => {
  const quoted = clockRows.flatMap((row) => {
    const { act = '', sections = [] } = cites(row.law_new) ?? {};
    const at = `${act} ${sections[0]}`;
    return isHeld(act) && !Object.hasOwn(FAULTS_OF_THE_COPY, at) ? [{ ...row, act, sections, at }] : [];
  });

  test('most clocks quote an act that is held', () => expect(quoted.length).toBeGreaterThan(25));

  test.each(quoted)('$id: $law_new', ({ act, sections, quote }) => {
    const words = plain(sections.map((one) => textOf(act, one) ?? '').join('\n\n'));
    const [, quotation = ''] = /^"(.*)"/.exec(quote) ?? [];
    expect(quotation).not.toBe('');
    let from = 0;
    for (const part of plain(quotation)
      .split('...')
      .map((one) => one.trim())
      .filter(Boolean)) {
      const at = words.indexOf(part, from);
      expect(at, part).toBeGreaterThanOrEqual(0);
      from = at + part.length;
    }
  });
});

describe('what is not compared is said', () => {
  test('BNSS 58 of the copy does not say what BNSS 58 says', () => {
    expect(FAULTS_OF_THE_COPY['BNSS 58']).toBeTruthy();
    expect(textOf('BNSS', '58')).not.toContain('twenty-four hours');
    expect(textOf('BNSS', '58')).toContain('shall report to the District Magistrate');
  });

  test('BNS 72(2) of the copy has clause (a) and no other', () => {
    expect(FAULTS_OF_THE_COPY['BNS 72(2)']).toBeTruthy();
    expect(textOf('BNS', '72')).toMatch(/\(a\) by or under the order in writing[\s\S]*; or\s*$/);
  });

  const page = readFileSync(new URL('../../../docs/law.md', import.meta.url), 'utf8');
  const clauseOf = (rule: string): string => page.split(`\n## ${rule}\n`)[1]?.match(/^\| Clause \|.*$/m)?.[0] ?? '';

  // the rules that stand on the page; that every driving rule stands there is checked where the page is written
  const told = [...page.matchAll(/^## (\S+)$/gm)].flatMap(([, id]) => clockRows.filter((row) => row.id === id));
  test('the page speaks of rules', () => expect(told.length).toBeGreaterThan(5));

  test.each(told)('$id: the page says whether the text was held', (row) => {
    const clause = clauseOf(row.id);
    if (!row.statutory) return expect(clause).toContain('no section of law');
    const { act = '' } = cites(row.law_new) ?? {};
    expect(clause).toContain(`${row.law_new} (${isHeld(act) ? 'text held' : 'text not held'})`);
    if (row.law_old && row.law_old !== row.law_new) expect(clause).toContain(`${row.law_old} (text not held)`);
  });

  test('each act that is held says where it is from', () => {
    for (const { source_url, fetched_at } of Object.values(HELD)) {
      expect(source_url).toMatch(/^https:\/\/www\.indiacode\.nic\.in\//);
      expect(fetched_at).toMatch(/^2026-05-10T/);
    }
  });
});
