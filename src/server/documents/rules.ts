// Which paper may be issued in which state by which post, and which of them name her. Codes only, told everything.
import type { State } from '#casework';

/** The papers that can be asked for. A `sealed-part` is never asked for: it comes with the paper it belongs to. */
export const PAPER_KINDS = [
  'acknowledgement',
  'fir',
  'notice',
  'progress-letter',
  'closure-notice',
  'final-form',
  'abstract',
  'diary',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];
export type AnyPaper = PaperKind | 'sealed-part';

/** Refusal codes of this room beside those of the file's own state. */
export type PaperReason =
  | 'not-your-power'
  | 'not-confirmed-yet'
  | 'not-received-yet'
  | 'needs-fir'
  | 'needs-summon'
  | 'needs-report'
  | 'needs-entry'
  | 'needs-closure'
  | 'not-forwarded-yet';

const BEFORE_FIR = ['confirmed', 'received', 'signed'] as const satisfies readonly State[];
const ON_RECORD = [
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
  'closed',
] as const satisfies readonly State[];
const KNOWN = [...BEFORE_FIR, ...ON_RECORD, 'refused', 'transferred'] as const satisfies readonly State[];
const STATION = ['help-desk', 'io', 'sho'] as const;
const INVESTIGATES = ['io', 'sho'] as const;
const ABOVE = ['acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'] as const;

/** One line of the table. */
export type PaperRow = {
  from: readonly State[];
  by: readonly string[];
  /** the section it rests on; null where it is a paper of the house and no section asks for it */
  authority: string | null;
  /** it carries her name: the identity is opened for it, with a purpose, and she sees that */
  names_her: boolean;
  /** what must be on record, beside the state */
  needs?: 'fir' | 'summon' | 'report' | 'entry' | 'closure';
  /** why not yet */
  early: PaperReason;
};

/** The papers: in which states, by which kinds of post, on what authority, naming her or not. */
export const PAPERS: Record<PaperKind, PaperRow> = {
  acknowledgement: { from: KNOWN, by: STATION, authority: null, names_her: false, early: 'not-confirmed-yet' },
  fir: { from: ON_RECORD, by: STATION, authority: 'BNSS 173(2)', names_her: true, needs: 'fir', early: 'needs-fir' },
  notice: {
    from: ON_RECORD,
    by: INVESTIGATES,
    authority: 'BNSS 179(1)',
    names_her: true,
    needs: 'summon',
    early: 'needs-fir',
  },
  'progress-letter': {
    from: ON_RECORD,
    by: INVESTIGATES,
    authority: 'BNSS 193(3)(ii)',
    names_her: false,
    needs: 'fir',
    early: 'needs-fir',
  },
  // the informant is told what was done (BNSS 193(3)(iii)); of a closing report that means: in time to object
  'closure-notice': {
    from: ['forwarded', 'closed'],
    by: INVESTIGATES,
    authority: 'BNSS 193(3)(iii)',
    names_her: false,
    needs: 'closure',
    early: 'not-forwarded-yet',
  },
  'final-form': {
    from: ['report-submitted', 'report-approved', 'forwarded', 'closed'],
    by: INVESTIGATES,
    authority: 'BNSS 193(3)(i)',
    // the form itself names nobody; its sealed part does
    names_her: true,
    needs: 'report',
    early: 'needs-report',
  },
  abstract: { from: KNOWN, by: [...STATION, ...ABOVE], authority: null, names_her: false, early: 'not-confirmed-yet' },
  diary: {
    from: KNOWN,
    by: [...INVESTIGATES, ...ABOVE],
    authority: 'BNSS 192(1)',
    names_her: false,
    needs: 'entry',
    early: 'needs-entry',
  },
};

/** What must be known of a file. */
export type PaperFacts = {
  state: State;
  fir: boolean;
  summons: number;
  report: boolean;
  /** the report is one that closes */
  closure: boolean;
  entries: number;
};

/**
 * Why a paper may not be issued; silence is consent. Buttons, verbs and tests ask the same question.
 * @param kinds the acting post's kind, and those of the vacant posts it answers for
 */
export function whyNoPaper(paper: PaperKind, file: PaperFacts, kinds: readonly string[]): PaperReason | undefined {
  const row = PAPERS[paper];
  if (!kinds.some((kind) => row.by.includes(kind))) return 'not-your-power';
  // a report that was sent back, or a case refused or handed over, has no such paper either, whatever it once had
  if (!row.from.includes(file.state)) return row.early;
  const { fir, report, closure } = file;
  const there = { fir, summon: file.summons > 0, report, closure, entry: file.entries > 0 };
  if (!row.needs || there[row.needs]) return undefined;
  return `needs-${row.needs}`;
}

/** The papers that are made when one is asked for: the report to the court comes in two, so that her name travels apart. */
export const partsOf = (paper: PaperKind): readonly AnyPaper[] =>
  paper === 'final-form' ? ['final-form', 'sealed-part'] : [paper];

/** Whether this very paper carries her name, and with it the sealing mark. */
export const carriesName = (paper: AnyPaper): boolean =>
  paper === 'sealed-part' || (paper !== 'final-form' && PAPERS[paper].names_her);
