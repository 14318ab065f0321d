// What a page shows, ready to print: texts where only the server can make them, codes where the page has the words.
import type { WhyLine } from '../../words/explain.ts';
import type { HearingState } from '#hearing';
import type { LedgerBar } from '#ui/ledger.ts';
import type { FieldName, ScreenId } from './screens.ts';
import type { Kept } from './view-cookie.ts';

/** A field with what she answered. */
export type FieldView =
  | { name: FieldName; kind: 'radios' | 'checkboxes'; options: { value: string; text: string }[]; chosen: string[] }
  | { name: FieldName; kind: 'date'; parts: { d: string; m: string; y: string } }
  | {
      name: FieldName;
      kind: 'text' | 'digits' | 'long' | 'list';
      value: string;
      width: number | undefined;
      suggestions: string[];
    };

export type Step = 1 | 2 | 3 | 4 | 5;
/** `another`: somebody writes for her, so the page says whom “you” means. */
export type ScreenView = {
  screen: ScreenId;
  step: Step;
  back: boolean;
  another: boolean;
  fields: FieldView[];
  /** where files can be added here */
  files: FilesView | null;
};
/** Files she has sent in, a line each; whether there is room for more. */
export type FilesView = { list: { id: string; text: string }[]; full: boolean };

export type CheckRow = {
  field: FieldName | 'people' | 'files';
  screen: ScreenId;
  label: string;
  value: string;
  aside: string;
};
export type CheckView = { groups: { step: Step; rows: CheckRow[] }[]; agreed: boolean };

export type SentView = {
  at_text: string;
  receipt: string;
  /** twelve characters for what the log says of her complaint */
  mark: string;
  phrase: string;
  mobile: string;
  call_by: string;
  sign_by: string;
  windows: string;
  silent: boolean;
  watched: boolean;
  /** somebody wrote for her */
  another: boolean;
};

export type DeskRow = {
  name: string;
  who: string;
  span: string;
  why: string;
  /** what a desk of this kind is for; said once on a page */
  does: string;
  stay: string;
  look: 'a' | 'b' | 'now' | 'empty';
  x: number;
  width: number;
};
export type DueView = {
  title: string;
  kind: 'law' | 'police-target';
  left: string;
  by: string;
  day: string;
  /** what the clock measures */
  name: string;
  /** who else has to act; empty where it is the police */
  info: string;
  lines: WhyLine[];
  /** what the section says, where there are words to show */
  text: string;
  stops: string;
};
export type TrackView = {
  number: string;
  today: string;
  /** the word over her days: since when they are counted, or that it was sent today */
  age_of: string;
  age: string;
  since: string;
  due: DueView | null;
  /** her other dates */
  running: DueView[];
  ended: DueView[];
  bar: LedgerBar;
  bar_title: string;
  bar_from: string;
  bar_mark: string;
  holder: { who: string; where: string; does: string; phone: string };
  stages: string[];
  stage: number;
  /** where the open page of rights speaks of this stage */
  stage_rights: string;
  stage_line: string;
  stage_text: string;
  refused: boolean;
  refusal: string;
  /** why a senior officer stands by the refusal */
  upheld: string;
  facts: string[];
  /** of a file that another State has, or that came from one */
  abroad: string[];
  next: { what: string; by: string; after: string[]; turn: string; idle: boolean };
  call: 'none' | 'sms' | 'show';
  code: string;
  talking: boolean;
  desks_title: string;
  desks: DeskRow[];
  sum: string;
  delays: { title: string; text: string }[];
  orders: string[];
  appearances: { count: string; reasons: string[] };
  /** a complaint she made before this one */
  earlier: { source: string; text: string; age: string; more: string } | null;
  openings: { at: string; iso: string; text: string }[];
  report: { text: string; when: string; reason: string; closing: boolean } | null;
  outcome: string;
};

/** A page of her file on the tracking page: the button's value and text, one sentence of how it stands, whether something is new. */
export type HerLine = { do: string; button: string; note: string; fresh: boolean };

/** Her thread with the desk, the newest first. */
export type MessagesView = {
  form_id: string;
  entries: {
    id: string;
    who: string;
    at: string;
    iso: string;
    lines: string[];
    files: { n: number; name: string }[];
    seen: string;
  }[];
  /** by when an answer is due; empty where none is */
  due: string;
  /** files of hers that go with the message she writes */
  files: FilesView;
};
/** When she was asked to come, the newest first; `asking`: the one she answers now. */
export type VisitsView = {
  form_id: string;
  right: string;
  entries: { id: string; title: string; lines: string[]; yours: string[]; settled: boolean; answered: boolean }[];
  asking: { id: string; title: string; answers: { value: string; text: string }[]; chosen: string } | null;
};
/** A file of her thread, and how it is looked at. */
export type OneFileView = { n: number; name: string; look: 'picture' | 'audio' | 'video' | 'paper' };
/** The papers that are meant for her; `warn`: the one she is about to open; `may`: what she may have, and whether she has it. */
export type PapersView = {
  entries: { id: string; title: string; of: string; opened: string }[];
  warn: { id: string; title: string; named: boolean } | null;
  may: { text: string; state: string }[];
};
/** The end of her case. */
export type EndingView = {
  form_id: string;
  title: string;
  when: string;
  meaning: readonly string[];
  reason: string;
  notice: string[];
  objects: boolean;
  court: string[];
  closed: string;
  settled: { now: string; goes: boolean; asked: boolean };
  pleas: RaisedLine[];
  asks_feedback: boolean;
};
export type FeedbackView = {
  form_id: string;
  questions: { name: string; label: string; options: { value: string; text: string }[] }[];
};
/** When she is heard: the one to look at now, the others, what was before. */
export type HearingsView = {
  form_id: string;
  now: {
    id: string;
    state: HearingState;
    title: string;
    /** the time she chose, while it counts */
    at: string;
    who: string;
    how: string;
    text: string;
    phone: boolean;
    times: { value: string; text: string }[];
    room: { open: boolean; from: string } | null;
    guests: string[];
  } | null;
  others: { id: string; text: string }[];
  /** the code for somebody who sits with her, on the one page that shows it */
  code: string;
  earlier: { id: string; title: string; at: string; lines: string[] }[];
};
/** What she raises past a desk, and what she raised before. */
export type ConcernView = {
  form_id: string;
  desks: { value: string; text: string }[];
  here: string;
  reasons: { value: string; text: string }[];
  earlier: RaisedLine[];
};
/** What she raised past a desk or a station: to whom it went, until when, what came of it. */
export type RaisedLine = {
  id: string;
  title: string;
  about: string;
  text: string;
  with: string[];
  due: string;
  answer: { who: string; outcome: string; text: string } | null;
};

/** What stands at the neutral address now. */
export type View =
  | { at: 'home'; told: Kept['told'] }
  | { at: 'door'; door: 'receipt' | 'number' | 'code' | 'resume' }
  | { at: 'danger' }
  | { at: 'screen'; screen: ScreenView; told: 'kept' | 'not-kept' | null }
  | { at: 'people'; people: string[]; full: boolean; another: boolean }
  | { at: 'check'; check: CheckView }
  | { at: 'later'; resume: string }
  | { at: 'not-sent'; resume: string; request: string }
  | { at: 'sent'; sent: SentView }
  | { at: 'gate' }
  | { at: 'track'; track: TrackView; lines: HerLine[]; told: Kept['told'] }
  | { at: 'messages'; messages: MessagesView; told: Kept['told'] }
  | { at: 'file'; file: OneFileView }
  | { at: 'hearings'; hearings: HearingsView; told: Kept['told'] }
  | { at: 'concern'; concern: ConcernView; told: Kept['told'] }
  | { at: 'visits'; visits: VisitsView; told: Kept['told'] }
  | { at: 'papers'; papers: PapersView }
  | { at: 'ending'; ending: EndingView; told: Kept['told'] }
  | { at: 'objection'; form_id: string }
  | { at: 'feedback'; feedback: FeedbackView }
  | { at: 'dates'; running: DueView[]; ended: DueView[] };
