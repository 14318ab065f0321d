// Writes docs/law.md: clause → rule → test. With --check it fails if the page is out of date or a driving row has no test.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ClockRow,
  clockRow,
  DRIVES_NOTHING,
  LADDERS,
  listClockRows,
  RULE_IDS,
  RULES,
  type RuleId,
  type RuleVersion,
} from '#law';

const ROOM = new URL('../src/server/law/', import.meta.url);
const PAGE = new URL('../docs/law.md', import.meta.url);

/** Acts whose text was compared with the row; of any other act only the quote in the row was at hand. */
const TEXT_HELD = new Set(['BNS', 'BNSS', 'POCSO', 'IT', 'Dowry', 'PWDVA']);

/**
 * The titles of the tests that name a rule: a test names it by beginning its title with the rule's id and a colon.
 * @param rule id of a driving rule
 * @returns pairs of test file and title, in the order of the files
 */
function testsNaming(rule: RuleId): { file: string; title: string }[] {
  const files = readdirSync(ROOM).filter((name) => name.endsWith('.test.ts'));
  return files.sort().flatMap((file) => {
    const source = readFileSync(new URL(file, ROOM), 'utf8');
    const titles = source.matchAll(new RegExp(`'${rule}: ([^'\\n]*)'`, 'g'));
    return [...titles].map(([, title]) => ({ file, title: readable(title ?? '') }));
  });
}

function readable(title: string): string {
  return title === '%s' ? 'a table of cases, each a sentence' : title.replace(/\$\w+/g, '…').replace(/%s/g, '…');
}

/** Every rung of the rule's ladder, with how many posts above the holder hear of it. */
function ladderSaid(rule: RuleId): string {
  const name = RULES[rule].ladder;
  if (!name) return 'none: it informs and raises nothing';
  const { unit, rungs, repeat } = LADDERS[name];
  const at = (step: number) =>
    unit === 'hours' ? `H${step}` : step === 0 ? 'T0' : step < 0 ? `T${step}` : `T+${step}`;
  const said = rungs.map(({ step, height, late }) => `${at(step)} ↑${height}${late ? ' late' : ''}`).join(' · ');
  const days = repeat !== null && unit === 'hours' ? repeat / 24 : repeat;
  return `${name}: ${said}${days === null ? '' : ` · then every ${days} days, one post higher each time`}`;
}

function lengthSaid({ duration }: ClockRow): string {
  if (!duration) return 'no number';
  const unit = duration.unit.replaceAll('_', ' ');
  if (duration.value === 0) return unit;
  return /recurring$/.test(unit)
    ? `every ${duration.value} days`
    : `${duration.value} ${unit}${duration.value === 1 ? '' : 's'}`;
}

function textHeld(row: ClockRow): string {
  return TEXT_HELD.has(row.law_new.split(' ')[0] ?? '') ? 'text held' : 'text not held';
}

function targetSaid({ target }: RuleVersion, row: ClockRow): string {
  if (!target) return lengthSaid(row);
  const [n, unit] = 'hours' in target ? [target.hours, 'hour'] : [target.days, 'day'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

function versionSaid(rule: RuleId, version: RuleVersion): string {
  const { from, to, authority, says } = version;
  const row = clockRow(rule);
  const days = from === null && to === null ? 'always' : `${from ? `from ${from}` : ''} ${to ? `to ${to}` : ''}`.trim();
  if (!authority) return `${days}: no section; police target, ${targetSaid(version, row)}`;
  if (says)
    return `${days}: ${authority} says “${says}”, so the number is a police target, ${targetSaid(version, row)}`;
  const but = RULES[rule].applies.to === 'two-month-list' ? ' if a section is listed, else police target' : '';
  return `${days}: ${authority}, limit in law${but}`;
}

function appliesSaid(rule: RuleId): string {
  const { to, ...what } = RULES[rule].applies;
  const named = Object.values(what).flat().join(', ');
  return named ? `${to}: ${named}` : to;
}

function section(rule: RuleId): string {
  const row = clockRow(rule);
  const { starts_on, counted_from, started_as, stops_on, responsible, per, length, versions, hers, again } =
    RULES[rule];
  const counted =
    counted_from === 'moment'
      ? ''
      : `; counted from ${counted_from === 'offence' ? 'the day of the deed' : (started_as ?? counted_from)}`;
  const clause = row.statutory
    ? `${row.law_new} (${textHeld(row)})${row.law_old && row.law_old !== row.law_new ? `; before 1 July 2024: ${row.law_old} (text not held)` : ''}`
    : `no section of law; ${row.law_new}`;
  return [
    `## ${rule}`,
    '',
    '| | |',
    '|---|---|',
    `| Clause | ${clause} |`,
    `| Rule | ${row.name_en}: ${length === 'row' ? lengthSaid(row) : 'as long as the punishment says'}. ${row.computation} |`,
    `| Words | ${row.quote} |`,
    `| Versions | ${versions.map((version) => versionSaid(rule, version)).join('<br>')} |`,
    `| Applies | ${appliesSaid(rule)} (row: ${row.applies_to}) |`,
    `| Starts | ${starts_on}${counted}${per === 'file' ? '' : `; one for each ${per === 'each' ? 'time' : 'accused'}`} |`,
    `| Stops | ${stops_on.join(', ')}${again ? '; begins anew when met, as a police target' : ''} |`,
    `| Who | ${responsible}${hers ? '; she sees it' : ''} |`,
    `| Ladder | ${ladderSaid(rule)} |`,
    `| Source | ${row.source} |`,
    '',
    'Tests:',
    '',
    ...testsNaming(rule).map(({ file, title }) => `- \`${file}\`: ${title}`),
    '',
  ].join('\n');
}

const WHY_NOT = {
  'no-number': 'no number of hours or days is given',
  'not-for-these-offences': 'the row itself excludes the offences this house is for',
  'not-of-a-file': 'it is a duty of the house, not of a file',
} as const;

const whyNot = (id: string): string => {
  const code = DRIVES_NOTHING[id];
  if (!code) throw new Error(`row ${id}: drives nothing and gives no reason`);
  return WHY_NOT[code];
};

function page(): string {
  const idle = listClockRows().filter((row) => !(RULE_IDS as readonly string[]).includes(row.id));
  return `# Law: clause → rule → test

Generated by \`node scripts/law-doc.ts\` from \`src/server/law/clocks.json\` and the titles of the tests; \`--check\` fails if this
page is out of date or a driving rule has no test that names it. Research, not legal advice: a lawyer signs every row before real use.

The rules stand in \`src/server/law/rules-*.ts\`, one file for each phase, the moments in \`moments.ts\`, the ladders in \`ladders.ts\`. A row that is not verified
drives nothing. "Limit in law" and "police target" are two labels and are never mixed. A clock starts once, never pauses and never
restarts. Ladders: T counts days from the due day, H hours from the start; ↑2 means that two posts above the holder hear of it. "text held": the row was compared
with the text of the act; "text not held": only the words quoted in the row were at hand. Sources: [law-sources.md](law-sources.md).

${RULE_IDS.map(section).join('\n')}
## Known, driving nothing

| Row | Clause | Limit | Why it drives nothing |
|---|---|---|---|
${idle.map((row) => `| ${row.id} | ${row.law_new} | ${lengthSaid(row)} | ${whyNot(row.id)} |`).join('\n')}
`;
}

const untested = RULE_IDS.filter((rule) => testsNaming(rule).length === 0);
if (untested.length > 0) {
  console.error(`no test names: ${untested.join(', ')}`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page());
  console.log(`written: ${fileURLToPath(PAGE)}`);
} else if (readFileSync(PAGE, 'utf8') !== page()) {
  console.error('docs/law.md is out of date: run node scripts/law-doc.ts');
  process.exitCode = 1;
}
