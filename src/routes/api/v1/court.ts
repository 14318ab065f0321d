// The end of a case over the API: her copies, her objection, her word, what she thinks; what the posts of her file see and answer.
import { z } from 'zod';
import type { CourtEvent, TrackFacts } from '#casework';
import {
  answerPlea,
  courtOf,
  feedbackCounted,
  feedbackForm,
  giveFeedback,
  myEnding,
  object,
  objectionForm,
  openEnding,
  pleaAnswerForm,
  type PleaFacts,
  pleasHere,
  saySettled,
  settledForm,
} from '#court';
import { myDocuments, openMyDocument } from '#documents';
import { type Act, type Reading, refuse } from '#foundation';
import { type Lang, pick, words } from '#words';
import { meaningOf } from '../../../words/ending.ts';
import { istDay } from '../../../words/format.ts';
import { idOf } from './callbacks.ts';
import * as shape from './court-shapes.ts';
import { acts, actsOnce, type Call, type Endpoint, endpoint, type Known, reads } from './endpoint.ts';
import { numberOf } from './officers.ts';
import { iso, isoOrNull } from './time.ts';

const TARGET = 'police-target' as const;

const presentPlea = (one: PleaFacts, lang: Lang): z.input<typeof shape.objection> => ({
  id: one.id,
  kind: one.kind,
  at: iso(one.at),
  text: one.text,
  with: one.with.map(({ post_name, at }) => ({ post_name: post_name?.[lang] ?? null, at: iso(at) })),
  due: { at: iso(one.due_at), kind: TARGET },
  state: one.state,
  answer: one.answer && {
    at: iso(one.answer.at),
    post_name: one.answer.post_name?.[lang] ?? null,
    officer: one.answer.officer?.[lang] ?? null,
    outcome: one.answer.outcome,
    text: one.answer.text,
  },
});
const presentEvents = (events: readonly CourtEvent[], lang: Lang) =>
  events.map(({ kind, on, accused, result }) => ({
    kind,
    kind_text: pick(words(lang).ending.events, kind),
    on: istDay(on).toString(),
    accused,
    result,
  }));
const presentDates = (dates: readonly { on: Temporal.PlainDate; for: string }[]) =>
  dates.map((date) => ({ on: date.on.toString(), for: date.for }));

async function presentEnding(r: Reading, lang: Lang, facts?: TrackFacts): Promise<z.input<typeof shape.ending>> {
  const { facts: seen, ...mine } = await myEnding(r, facts);
  return {
    meaning: seen.report ? [...meaningOf(lang, seen.report)] : [],
    notice: mine.notice && {
      read_at: iso(mine.notice.read_at),
      object_by: mine.notice.object_by.toString(),
      kind: TARGET,
    },
    may_object: mine.no_objection === null,
    objections: mine.pleas.map((one) => presentPlea(one, lang)),
    settled: mine.settled?.settled ?? null,
    said: mine.said.map(({ settled, at }) => ({ settled, at: iso(at) })),
    feedback: mine.judged.map(({ stage, at }) => ({ stage, at: iso(at) })),
    feedback_asked: mine.asks_feedback,
    dates: presentDates(seen.court_dates),
    events: presentEvents(seen.court_events, lang),
  };
}
const presentMine = async (r: Reading, lang: Lang): Promise<z.input<typeof shape.herDocument>[]> =>
  (await myDocuments(r)).map((one) => ({
    id: one.id,
    kind: one.kind,
    name: words(lang).staff.documents.names[one.kind],
    number: one.reference,
    language: one.language,
    issued_at: iso(one.issued_at),
    post_name: one.post_name?.[lang] ?? null,
    sha256: one.sha256,
    size: one.size,
    opened_at: isoOrNull(one.opened_at),
  }));

/** Her copies and the end of her case, as her tracking answers them. */
export const presentHerEnd = async (r: Reading, facts: TrackFacts, lang: Lang) => ({
  documents: await presentMine(r, lang),
  ending: await presentEnding(r, lang, facts),
});

/** Something of hers that is done once however often it is sent; answered with the end of her case. */
const herDeed = (call: Known & Pick<Call, 'once' | 'lang'>, deed: string, work: (a: Act) => Promise<unknown>) =>
  actsOnce(
    call,
    deed,
    async (a) => {
      await work(a);
      return presentEnding(a, call.lang);
    },
    (a) => presentEnding(a, call.lang),
  );

export const court: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/track/documents/{id}',
    who: 'complainant',
    summary: 'A paper that is meant for her, byte for byte as it was printed; that she opened it is written down',
    status: 200,
    media: 'application/pdf',
    file: true,
    answer: z.unknown().meta({ override: { type: 'string', format: 'binary' } }),
    refuses: [404],
    answers: async (call) => ({
      bytes: await acts(call, 'documents.open-mine', (a) => openMyDocument(a, idOf(call, 'id'))),
      name: 'document.pdf',
    }),
  }),
  endpoint({
    method: 'POST',
    path: '/track/ending',
    who: 'complainant',
    summary: 'She reads of the end of her case: from now on the notice of the report has reached her',
    status: 200,
    answer: shape.ending,
    refuses: [404],
    answers: (call) => herDeed(call, 'court.open-ending', openEnding),
  }),
  endpoint({
    method: 'POST',
    path: '/track/objections',
    who: 'complainant',
    summary:
      'Object to the report that closes her case: it goes to the post above the station, which never reads it itself',
    status: 201,
    body: objectionForm,
    answer: shape.ending,
    refuses: [404, 409, 429],
    repeats: 'key',
    answers: (call) => herDeed(call, 'court.object', (a) => object(a, call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/track/settled',
    who: 'complainant',
    summary: 'Say whether it is settled; of a closed case “not settled” goes to the post above the station',
    status: 201,
    body: settledForm,
    answer: shape.ending,
    refuses: [404, 409, 429],
    repeats: 'key',
    answers: (call) => herDeed(call, 'court.say-settled', (a) => saySettled(a, call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/track/feedback',
    who: 'complainant',
    summary: 'Say how she was treated, once a stage; the station sees nothing of it while the case is open',
    status: 201,
    body: feedbackForm,
    answer: shape.ending,
    refuses: [404, 409],
    repeats: 'key',
    answers: (call) => herDeed(call, 'court.give-feedback', (a) => giveFeedback(a, call.body)),
  }),
  endpoint({
    method: 'GET',
    path: '/objections',
    who: 'officer',
    summary: 'Objections, and closed cases that she says are not settled, that wait for this post',
    status: 200,
    answer: z.object({ items: z.array(shape.objection.extend({ number: z.string() })) }),
    answers: (call) =>
      reads(
        call,
        'court.list-objections',
        async (r) => ({
          items: (await pleasHere(r)).map((one) => ({ number: one.number, ...presentPlea(one, call.lang) })),
        }),
        { note: 'inside' },
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/feedback',
    who: 'officer',
    summary: 'What women answered about how each station below this post treated them, in a year: numbers, from ten on',
    status: 200,
    answer: shape.feedbackCounted,
    answers: (call) =>
      reads(call, 'court.count-feedback', async (r) => {
        const { days, stations, others } = await feedbackCounted(r);
        return {
          days,
          stations: stations.map(({ unit_name, ...tally }) => ({ unit_name: unit_name[call.lang], ...tally })),
          others,
        };
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}/court',
    who: 'officer',
    summary: 'The report, what the court has made of it, her objections and her word, as far as this post may see them',
    status: 200,
    answer: shape.court,
    refuses: [404],
    answers: (call) =>
      reads(
        call,
        'court.read-file',
        async (r) => {
          const seen = await courtOf(r, numberOf(call));
          const { report, lang } = { report: seen.report, lang: call.lang };
          return {
            report: report && {
              kind: report.kind,
              sheet: report.sheet,
              reason: report.reason,
              forwarded_at: isoOrNull(report.forwarded_at),
              court: report.court,
            },
            read_at: isoOrNull(seen.read_at),
            dates: presentDates(seen.dates),
            events: presentEvents(seen.events, lang),
            outcome: seen.outcome,
            closed_at: isoOrNull(seen.closed_at),
            objections: seen.known.map(({ at, taken_back, outcome, answered_at }) => ({
              at: iso(at),
              taken_back,
              outcome,
              answered_at: isoOrNull(answered_at),
            })),
            read: seen.pleas.map((one) => presentPlea(one, lang)),
            said: seen.said.map(({ settled, at }) => ({ settled, at: iso(at) })),
            feedback: seen.feedback.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
          };
        },
        { note: 'inside' },
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/objections/{id}/answer',
    who: 'officer',
    summary:
      'Answer an objection, or “not settled”, once; she reads the answer. Opening the case again is a step of its own',
    status: 200,
    body: pleaAnswerForm,
    answer: shape.objection,
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: (call) => {
      const [number, id] = [numberOf(call), idOf(call, 'id')];
      const now = async (r: Reading) => {
        const found = (await courtOf(r, number)).pleas.find((one) => one.id === id);
        return presentPlea(found ?? refuse('not-found'), call.lang);
      };
      return actsOnce(
        call,
        'court.answer-objection',
        async (a) => {
          await answerPlea(a, number, id, call.body);
          return now(a);
        },
        now,
      );
    },
  }),
];
