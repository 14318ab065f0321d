// What may be sent in and how large, who may add to a case, and which way an exhibit may go. Pure, codes only, told the time.
import { DESK_KINDS, OPEN } from '#casework';

/** What an exhibit is. The first eight may come as a file; the last two exist only as things. */
export const EXHIBIT_KINDS = [
  'photo',
  'video',
  'audio',
  'document',
  'screenshot',
  'medical-report',
  'fsl-report',
  'other-file',
  'physical',
  'device',
] as const;
export type ExhibitKind = (typeof EXHIBIT_KINDS)[number];
/** What comes as a file. */
export const FILE_KINDS = EXHIBIT_KINDS.slice(0, 8) as readonly ExhibitKind[];
/** What she may send herself: a report of a doctor or a laboratory comes to the police from those who wrote it. */
export const HER_KINDS = [
  'photo',
  'video',
  'audio',
  'document',
  'screenshot',
] as const satisfies readonly ExhibitKind[];
/** What is entered without a file: things, and papers that lie in the file of paper. */
export const THING_KINDS = [
  'physical',
  'device',
  'document',
  'medical-report',
  'fsl-report',
] as const satisfies readonly ExhibitKind[];

const MB = 1024 * 1024;
/** settled limits: hers 20 files of 50 MB, an officer's 2 GB each. */
export const LIMITS = {
  hers: { bytes: 50 * MB, files: 20 },
  officer: { bytes: 2048 * MB, unfinished: 20 },
  /** what all unsent forms together may hold: nobody has to say who she is to begin one */
  unsent: { bytes: 20 * 1024 * MB },
} as const;
/** An upload that nobody finishes is forgotten after this. */
export const FORGOTTEN_AFTER = { hours: 7 * 24 } as const;
/** A picture of more pixels is refused: larger than the largest sensor of a phone in normal use, far smaller than a bomb. */
export const MOST_PIXELS = 120_000_000;

/** What must be known to say why not: the state of the file, what kind of post asks, whether it works the desk. */
export type Standing = { state: string; kind: string; held: boolean };

/**
 * Why a post may not add an exhibit; silence is consent. The post that works the file adds, and the SHO of its station; whoever
 * supervises from further above looks and verifies.
 */
export function whyNotAdd({ state, kind, held }: Standing): string | undefined {
  const way = whyNotTouch({ state, kind, held });
  if (way) return way;
  if (state === 'closed') return 'file-closed';
  if (state === 'handed-over') return 'with-another-state';
  return state === 'refused' ? 'registration-refused' : undefined;
}

/** Why a post may not write in the chain of custody: as above, but a thing can be given back when the case is over. */
export function whyNotTouch({ state, kind, held }: Standing): string | undefined {
  if (!(DESK_KINDS as readonly string[]).includes(kind)) return 'not-your-power';
  if (state === 'submitted') return 'not-confirmed-yet';
  if (!held && kind !== 'sho') return 'not-on-your-desk';
  return [...OPEN, 'closed', 'refused'].includes(state) ? undefined : 'wrong-state';
}

/** Where an exhibit can be. */
export const PLACES = [
  'with-officer',
  'malkhana',
  'way-to-fsl',
  'fsl',
  'court',
  'missing',
  'given-back',
  'destroyed',
  'kept-here',
] as const;
export type Place = (typeof PLACES)[number];

type MoveRow = { from: readonly (Place | null)[]; to: Place; person: boolean };
const MOVES_TABLE = {
  seized: { from: [null], to: 'with-officer', person: false },
  arrived: { from: [null], to: 'kept-here', person: false },
  'handed-on': { from: ['with-officer'], to: 'with-officer', person: true },
  'to-malkhana': { from: ['with-officer', 'court'], to: 'malkhana', person: true },
  'out-of-malkhana': { from: ['malkhana'], to: 'with-officer', person: true },
  'sent-to-fsl': { from: ['malkhana', 'with-officer'], to: 'way-to-fsl', person: true },
  'taken-in-by-fsl': { from: ['way-to-fsl'], to: 'fsl', person: false },
  'turned-away-by-fsl': { from: ['way-to-fsl'], to: 'with-officer', person: false },
  'back-from-fsl': { from: ['fsl'], to: 'with-officer', person: true },
  'shown-in-court': { from: ['malkhana', 'with-officer'], to: 'court', person: true },
  'back-from-court': { from: ['court'], to: 'with-officer', person: true },
  'given-back': { from: ['malkhana', 'with-officer', 'court'], to: 'given-back', person: true },
  destroyed: { from: ['malkhana', 'court'], to: 'destroyed', person: true },
  missed: { from: ['with-officer', 'malkhana', 'way-to-fsl', 'fsl', 'court'], to: 'missing', person: false },
  'found-again': { from: ['missing'], to: 'with-officer', person: true },
  'copy-to-fsl': { from: ['kept-here'], to: 'kept-here', person: true },
  'copy-to-court': { from: ['kept-here'], to: 'kept-here', person: true },
} as const satisfies Record<string, MoveRow>;
export type Move = keyof typeof MOVES_TABLE;
/** The moves of an exhibit: from where, to where, and whether somebody has to be named who took it. */
export const MOVES: Record<Move, MoveRow> = MOVES_TABLE;
export const MOVE_NAMES = Object.keys(MOVES_TABLE) as Move[];

/** The moves that can be made from where an exhibit is; null before its first. */
export const movesFrom = (place: Place | null): Move[] => MOVE_NAMES.filter((move) => MOVES[move].from.includes(place));

/**
 * Why an exhibit cannot make this move; silence is consent.
 * @param last where it is and since when; undefined before its first move
 * @param told when the move was made, whether somebody is named, and the instant of the act
 */
export function faultOfMove(
  move: Move,
  last: { place: Place; at: Temporal.Instant } | undefined,
  told: { at: Temporal.Instant; person: boolean; now: Temporal.Instant },
): { code: string; about: string } | undefined {
  const row = MOVES[move];
  if (!row.from.includes(last?.place ?? null)) return { code: 'not-from-there', about: 'move' };
  if (Temporal.Instant.compare(told.at, told.now) > 0) return { code: 'not-in-the-future', about: 'at' };
  // forms speak in minutes: whatever lies in the minute of the last move does not lie before it
  const minute = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 60_000);
  if (last && minute(told.at) < minute(last.at)) return { code: 'before-the-last-move', about: 'at' };
  return row.person && !told.person ? { code: 'say-who', about: 'person' } : undefined;
}

/** Moves after which a report of the laboratory is awaited. */
export const AWAITS_FSL: readonly Move[] = ['sent-to-fsl', 'copy-to-fsl'];
