// The letters to her: that her application arrived, when somebody comes to hear her, how far it has come.
import type { Block, Told } from '#documents';
import { fours, fullTime, istDay, longDay, longTime } from '../format.ts';
import { pick, words } from '../words.ts';
import { askText, firOf, instantIn, joined, rightsText } from './parts.ts';

/** That it arrived, where it lies, what comes next. It says nothing of the matter. */
export function acknowledgement(told: Told): Block[] {
  const { file, language, number } = told;
  const w = words(language).documents;
  const a = w.acknowledgement;
  const desk = file.desks.at(-1);
  const lines = [
    a.got(longTime(language, file.submitted_at)),
    a.number(fours(number).join(' ')),
    file.register && file.station && a.at(file.station[language], `${file.register.serial}/${file.register.year}`),
    desk && a.with(desk.post_name[language]),
  ];
  return [
    { is: 'text', text: w.madam },
    ...lines.flatMap((text): Block[] => (text ? [{ is: 'text', text }] : [])),
    { is: 'text', text: file.fir ? a.is_fir(firOf(told)) : a.not_fir },
    { is: 'text', lead: w.next, text: `${nextIn(told)}` },
    ...rightsText(told),
    askText(told),
  ];
}

const nextIn = ({ next, language }: Told): string => `${pick(words(language).track.next, next, next)}${STOP[language]}`;
const STOP = { hi: '।', en: '.' } as const;

/** The order that asks for her statement. A woman is not called to the station: it says so first. */
export function notice(told: Told): Block[] {
  const { identity, home, language, recorded } = told;
  const w = words(language).documents;
  const n = w.notice;
  const asked = recorded.findLast(({ step }) => step === 'summon');
  const at = asked && instantIn(asked.form, 'at');
  const why = typeof asked?.form.why === 'string' ? asked.form.why : null;
  const address = identity?.address;
  const to = joined([identity?.person?.name, joined([address?.text, home?.[language], address?.pin])], '\n');
  return [
    { is: 'text', text: joined([n.to, to], '\n') },
    { is: 'text', text: w.madam },
    { is: 'text', text: n.asks(firNumber(told)) },
    ...(at ? [{ is: 'text', lead: n.when, text: fullTime(language, at) } as const] : []),
    // a reason that was written freely stands with the place
    ...(why && why !== 'other'
      ? [{ is: 'text', lead: n.why, text: pick(words(language).staff.steps.option, why, why) } as const]
      : []),
    ...(asked?.place ? [{ is: 'text', lead: n.place, text: asked.place } as const] : []),
    { is: 'text', text: n.home },
    { is: 'text', text: n.change },
    ...rightsText(told),
    askText(told),
  ];
}

/** What has been done up to today, with the days. */
export function progress(told: Told): Block[] {
  const { file, language, next } = told;
  const w = words(language).documents;
  const p = w.progress;
  if (!file.fir) return [];
  return [
    { is: 'text', text: w.madam },
    { is: 'text', text: p.recorded(longDay(language, istDay(file.fir.recorded_at))) },
    { is: 'table', head: Object.values(p.head), rows: doneSoFar(told), widths: [4, 2, 2] },
    { is: 'text', lead: w.next, text: `${nextIn(told)} ${next === 'nothing' ? '' : p.nothing}`.trim() },
    ...rightsText(told),
    askText(told),
  ];
}

/** That a report which closes her case has gone to court, why, and what she can do about it. */
export function closureNotice(told: Told): Block[] {
  const { file, language } = told;
  const w = words(language);
  const c = w.documents.closure;
  const { report } = file;
  if (!report?.forwarded_at) return [];
  const day = longDay(language, istDay(report.forwarded_at));
  const reason = report.reason ? pick(w.track.reportReasons, report.reason) : '';
  return [
    { is: 'text', text: w.documents.madam },
    { is: 'text', text: c.sent(firNumber(told), day, report.court ?? '') },
    ...(reason ? [{ is: 'text', lead: c.why, text: reason } as const] : []),
    { is: 'text', lead: c.object, text: c.how },
    { is: 'text', text: c.days },
    ...rightsText(told),
    askText(told),
  ];
}

// what she is told of the accused: that it happened and when, never more
const CUSTODY = { arrest: 'arrested', remand: 'remanded', release: 'released-on-bail' } as const;

function doneSoFar(told: Told): string[][] {
  const { recorded, language } = told;
  const { progress: p } = words(language).documents;
  const { events } = words(language).law;
  const row = (what: string, at: Temporal.Instant | null, how: string = p.done) => (at ? [{ what, at, how }] : []);
  const rows = recorded.flatMap(({ step, form, at }) => {
    if (step === 'register-fir') return row(p.fir(firNumber(told)), instantIn(form, 'recorded_at'));
    if (step === 'sign') return row(p.signed, instantIn(form, 'signed_at'));
    if (step === 'statement') {
      const what = pick(p.statement, String(form.kind), p.statement.police);
      return row(joined([what, form.woman_officer === true && p.by_woman]), instantIn(form, 'at'));
    }
    if (step === 'medical')
      return [
        ...row(p.sent_at, instantIn(form, 'sent_at')),
        ...row(p.examined_at, instantIn(form, 'examined_at')),
        ...row(p.report_at, instantIn(form, 'report_at'), p.got),
      ];
    if (step === 'record-event') return row(pick(events, String(form.event)), instantIn(form, 'at'));
    if (step === 'arrest' || step === 'remand' || step === 'release')
      return row(events[CUSTODY[step]], instantIn(form, 'at'));
    if (step === 'submit-report') return row(p.report, at, p.submitted);
    if (step === 'forward-report') return row(p.report, instantIn(form, 'at'), p.forwarded);
    return [];
  });
  return rows
    .filter(({ what }) => what !== '')
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ what, at, how }) => [what, longDay(language, istDay(at)), how]);
}
const firNumber = ({ file }: Told): string => (file.fir ? `${file.fir.number}/${file.fir.year}` : '');
