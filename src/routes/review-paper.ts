// The monthly review of a unit as a paper: the same figures and words as its page, nobody in them.
import type { Paper } from '#documents';
import type { Beside, Totals, Watched } from '#oversight';
import { type Lang, words } from '#words';
import { daysText, percent } from '../ui/staff/figures.ts';
import { say } from '../ui/staff/say.ts';
import { count, longTime, monthOf } from '../words/format.ts';

const LIMITS = ['all', 'law', 'target'] as const;

/**
 * The review of a unit for the cases recorded in a month.
 * @param month its first day
 * @param address where the same figures are to be seen
 */
export function reviewPaper(
  seen: Watched & Beside,
  month: Temporal.PlainDate,
  lang: Lang,
  { address, by }: { address: string; by: string },
): Paper {
  const w = words(lang).watch;
  const r = w.review;
  const n = (value: number) => count(lang, value);
  const share = (value: number | null) => (value === null ? w.none : `${percent(value)} %`);
  const name = seen.name[lang];
  const figures: readonly [string, (t: Totals) => string][] = [
    [w.tiles.registered, (t) => n(t.registered)],
    [w.cases.figures.registered_two_months_ago, (t) => n(t.registered_two_months_ago)],
    [w.tiles.in_time, (t) => `${n(t.completed_in_two_months)} (${share(t.compliance_rate)})`],
    [w.tiles.disposal, (t) => `${n(t.completed)} (${share(t.disposal_rate)})`],
    [w.tiles.within, (t) => n(t.pending_within)],
    [w.tiles.beyond, (t) => n(t.pending_beyond)],
    [r.days, (t) => `${daysText(lang, t.median_days)} · ${daysText(lang, t.p90_days)}`],
    [w.outcome.charge, (t) => n(t.charge_sheeted)],
    [w.outcome.final, (t) => n(t.final_reported)],
    [w.outcome.false, (t) => n(t.false_reported)],
    [w.outcome.transferred, (t) => n(t.transferred)],
    [w.outcome.quashed, (t) => n(t.quashed)],
    [w.outcome.reopened, (t) => n(t.reopened)],
  ];
  const parts = seen.children
    .filter(({ all }) => all.registered > 0)
    .toSorted((a, b) => (b.law.compliance_rate ?? -1) - (a.law.compliance_rate ?? -1));
  const when = longTime(lang, seen.as_of);
  return {
    language: lang,
    title: r.title(name, monthOf(lang, month)),
    law: `${r.month} · ${w.as_of(when)}`,
    from: name,
    office: by,
    box: null,
    refs: [],
    blocks: [
      {
        is: 'table',
        head: ['', w.cases.limits.all, w.cases.limits.law, w.cases.limits.target],
        rows: figures.map(([what, of]) => [what, ...LIMITS.map((limit) => of(seen[limit]))]),
        widths: [4, 2, 2, 2],
      },
      ...(parts.length > 0
        ? ([
            { is: 'heading', text: w.children.title(say(w.levels, seen.children[0]?.level ?? 'station')) },
            {
              is: 'table',
              head: [w.children.unit, w.children.registered, w.children.in_time, w.children.beyond, w.children.days],
              rows: parts.map(({ name: of, all, law }) => [
                of[lang],
                n(all.registered),
                share(law.compliance_rate),
                n(law.pending_beyond),
                `${daysText(lang, all.median_days)} · ${daysText(lang, all.p90_days)}`,
              ]),
              widths: [4, 2, 2, 2, 2],
            },
          ] as const)
        : []),
      { is: 'heading', text: w.by_group.title },
      {
        is: 'table',
        head: [w.by_group.group, w.tiles.registered, w.by_group.in_time, w.by_group.target, w.by_group.beyond],
        rows: seen.groups.map((one) => [
          w.groups[one.group],
          n(one.registered),
          share(one.law.rate),
          share(one.target.rate),
          n(one.pending_beyond),
        ]),
        widths: [4, 2, 2, 2, 2],
      },
      { is: 'heading', text: w.desks.title },
      seen.desks.length > 0
        ? {
            is: 'table',
            head: [w.desks.kind, w.desks.stays, w.desks.waiting, w.desks.median, w.desks.p90],
            rows: seen.desks.map((one) => [
              say(w.desks.kinds, one.kind),
              n(one.stays),
              n(one.waiting),
              daysText(lang, one.median_days),
              daysText(lang, one.p90_days),
            ]),
            widths: [4, 2, 2, 2, 2],
          }
        : { is: 'text', text: w.desks.none },
      { is: 'heading', text: w.meaning },
      ...(
        [
          [w.tiles.registered, w.means.registered],
          [w.cases.limits.law, w.means.in_time_law],
          [w.cases.limits.target, w.means.in_time_target],
          [w.tiles.disposal, w.means.disposal],
          [w.tiles.beyond, w.means.beyond],
          [r.days, w.means.days],
          [w.by_group.title, w.means.groups],
          [w.desks.title, w.means.desks],
        ] as const
      ).map(([lead, text]) => ({ is: 'text' as const, lead: `${lead}:`, text, small: true })),
    ],
    sign: null,
    foot: {
      strong: r.where,
      text: address,
      code: '',
      mark: '',
      number: '',
      page: words(lang).documents.foot.page,
      qr: '',
    },
    unprinted: '',
    specimen: null,
  };
}
