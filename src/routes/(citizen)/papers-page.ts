// The papers that are meant for her: which there are, which she may have, and a warning before one is opened on this phone.
import type { TrackFacts } from '#casework';
import { type HerDocument, myDocuments } from '#documents';
import { type Lang, pick, words } from '#words';
import { istDay, longDay, longTime } from '../../words/format.ts';
import type { HerPageMaker } from './her-pages.ts';
import type { PapersView } from './views.ts';

const nameOf = (lang: Lang, { kind }: HerDocument): string => pick(words(lang).ending.papers.names, kind, kind);

// what the law gives her, and whether she has it
function mayHave(lang: Lang, facts: TrackFacts, papers: readonly HerDocument[]): PapersView['may'] {
  const w = words(lang).ending.papers;
  const has = (kind: string) => papers.some((one) => one.kind === kind);
  const event = (kind: string) => facts.court_events.some((one) => one.kind === kind);
  // that her copy was given stands in the clocks too, where it went out on paper
  const copied = facts.clocks.some(({ rule, stopped_at }) => rule === 'fir_copy' && stopped_at !== null);
  const state = (given: boolean, due: boolean) => (given ? w.given : due ? w.not_given : w.not_yet);
  const closing = facts.report?.kind === 'final-report';
  return [
    { text: w.may_fir, state: state(has('fir') || copied, facts.fir !== null) },
    closing
      ? { text: w.may_closure, state: state(has('closure-notice'), true) }
      : { text: w.may_report, state: state(event('copies-supplied'), event('accused-appeared')) },
  ];
}

export const papersPage: HerPageMaker<'papers'> = {
  line: async (r, { lang, facts }) => {
    if (facts.state === 'submitted') return null;
    const papers = await myDocuments(r);
    const fresh = papers.filter(({ opened_at }) => opened_at === null).length;
    const w = words(lang).ending.papers;
    const note = fresh > 0 ? w.line_new(fresh) : papers.length > 0 ? w.line_all(papers.length) : w.line_none;
    return { do: 'see-papers', button: w.button, note, fresh: fresh > 0 };
  },
  view: async (r, { lang, facts, kept }) => {
    const w = words(lang).ending.papers;
    const papers = await myDocuments(r);
    const warned = papers.find(({ id }) => id === kept.which);
    return {
      at: 'papers',
      papers: {
        entries: papers
          .map((one) => ({
            id: one.id,
            title: nameOf(lang, one),
            of: w.of(one.reference, longDay(lang, istDay(one.issued_at)), one.post_name?.[lang] ?? ''),
            opened: one.opened_at ? w.opened(longTime(lang, one.opened_at)) : w.not_opened,
          }))
          .reverse(),
        warn: warned ? { id: warned.id, title: nameOf(lang, warned), named: warned.names_her } : null,
        may: mayHave(lang, facts, papers),
      },
    };
  },
};
