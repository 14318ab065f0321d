// Evidence over the API: the exhibits of a case, things entered, the chain of custody, verification. Files come in over tus at /uploads.
import { z } from 'zod';
import {
  addThing,
  addVoice,
  byLabel,
  type Exhibit,
  EXHIBIT_KINDS,
  evidenceOf,
  MEDIA,
  MOVE_NAMES,
  moveExhibit,
  moveForm,
  PLACES,
  thingForm,
  verifyExhibit,
  type VoiceNote,
  voiceForm,
  voicesOf,
} from '#evidence';
import type { FileView } from '#casework';
import type { Act, Reading } from '#foundation';
import type { Lang } from '#words';
import { acts, actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { Problem } from './problem.ts';
import { text } from './shapes.ts';
import { type file as fileShape, voice } from './staff-shapes.ts';
import { day, instant, iso, isoOrNull } from './time.ts';

const link = z.object({
  n: z.int(),
  move: z.enum(MOVE_NAMES),
  from: z.enum(PLACES).nullable(),
  to: z.enum(PLACES),
  at: instant,
  recorded_at: instant,
  post_name: text.nullable().meta({ description: 'null for what the complainant sent' }),
  officer: text.nullable(),
  person: text.nullable(),
  note: text.nullable(),
  hash: text.meta({ description: 'SHA-256 over this link and the hash of the one before, in hex' }),
});
const exhibit = z
  .object({
    number: z.int().meta({ description: 'in the case, from 1, without gaps' }),
    kind: z.enum(EXHIBIT_KINDS),
    origin: z.enum(['police', 'complainant', 'other-state']),
    description: text.nullable(),
    found_where: text.nullable(),
    found_at: instant.nullable(),
    at: instant,
    post_name: text.nullable(),
    officer: text.nullable(),
    place: z.enum(PLACES),
    digital: z
      .object({
        media: z.enum(MEDIA),
        size: z.int(),
        sha256: text,
        scan: z.enum(['clean', 'not-scanned']),
        name: text.nullable(),
      })
      .nullable(),
    moves: z.array(z.enum(MOVE_NAMES)).meta({ description: 'what can happen next' }),
    reports_on: z.array(z.int()),
    reported_in: z.array(z.int()),
    chain: z.array(link),
  })
  .meta({ id: 'ExhibitRead' });
const evidence = z
  .object({
    exhibits: z.array(exhibit),
    awaited: z.object({
      fsl: z.array(z.object({ exhibit: z.int(), since: instant })),
      medical: z.array(z.object({ since: instant, due_on: day, received: z.boolean() })),
    }),
    why_not_add: text.nullable(),
  })
  .meta({ id: 'Evidence' });
const verified = z
  .object({
    file: z.enum(['unchanged', 'changed']).nullable().meta({ description: 'null for a thing' }),
    chain: z.enum(['unbroken', 'broken']),
    sha256: text.nullable(),
  })
  .meta({ id: 'Verified' });

const numberOf = ({ params }: Pick<Call, 'params'>): string =>
  /^\d{12}$/.test(params.number ?? '') ? (params.number ?? '') : notFound();
const exhibitOf = ({ params }: Pick<Call, 'params'>): number =>
  /^[1-9]\d{0,5}$/.test(params.exhibit ?? '') ? Number(params.exhibit) : notFound();
function notFound(): never {
  throw new Problem('not-found');
}

const present = (one: Exhibit, lang: Lang): z.input<typeof exhibit> => ({
  number: one.number,
  kind: one.kind,
  origin: one.origin,
  description: one.description,
  found_where: one.found_where,
  found_at: isoOrNull(one.found_at),
  at: iso(one.at),
  post_name: one.post_name?.[lang] ?? null,
  officer: one.officer?.[lang] ?? null,
  place: one.place,
  digital: one.digital && { ...one.digital, name: one.name },
  moves: one.moves,
  reports_on: one.reports_on,
  reported_in: one.reported_in,
  chain: one.chain.map((l) => ({
    ...l,
    at: iso(l.at),
    recorded_at: iso(l.recorded_at),
    post_name: l.post_name?.[lang] ?? null,
    officer: l.officer?.[lang] ?? null,
  })),
});

const presentVoice = ({ at, ...voice }: VoiceNote) => ({ ...voice, at: iso(at) });

/** What was spoken to the diary of a file; none where it has just left this post's sight. */
export async function presentVoices(
  r: Reading,
  { number, in_sight }: Pick<FileView, 'number' | 'in_sight'>,
): Promise<z.input<typeof fileShape>['voices']> {
  if (number === null || !in_sight) return [];
  return (await voicesOf(r, number)).map(presentVoice);
}

/** The exhibits of a file in one line each, for the file itself; none where it has just left this post's sight. */
export async function presentExhibits(
  r: Reading,
  { number, in_sight }: Pick<FileView, 'number' | 'in_sight'>,
): Promise<z.input<typeof fileShape>['evidence']> {
  if (number === null || !in_sight) return [];
  const { exhibits } = await evidenceOf(r, number);
  return exhibits.map((one) => ({
    number: one.number,
    kind: one.kind,
    origin: one.origin,
    place: one.place,
    at: iso(one.at),
    sha256: one.digital?.sha256 ?? null,
  }));
}

export const evidenceDoors: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/files/{number}/diary/{entry}/voice',
    who: 'officer',
    summary:
      'Add a voice to an entry of the diary that this post wrote: an upload of kind audio that has become an exhibit',
    status: 200,
    body: voiceForm,
    answer: z.object({ items: z.array(voice).meta({ description: 'the voices of this entry' }) }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      const entry = /^[1-9]\d{0,5}$/.test(call.params.entry ?? '') ? Number(call.params.entry) : notFound();
      const spoken = async (a: Act) =>
        (await voicesOf(a, number)).filter((one) => one.entry === entry).map(presentVoice);
      const items = await actsOnce(
        call,
        'evidence.add-voice',
        async (a) => {
          await addVoice(a, number, { entry, upload: call.body.upload });
          return spoken(a);
        },
        spoken,
      );
      return { items };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}/evidence',
    who: 'officer',
    summary: 'The exhibits of a case with their chains of custody, and the reports that are awaited',
    status: 200,
    answer: evidence,
    answers: async (call) => {
      const found = await reads(call, 'evidence.list', (r) => evidenceOf(r, numberOf(call)), { note: true });
      return {
        exhibits: found.exhibits.map((one) => present(one, call.lang)),
        awaited: {
          fsl: found.awaited.fsl.map(({ number, since }) => ({ exhibit: number, since: iso(since) })),
          medical: found.awaited.medical.map(({ since, due_on, received }) => ({
            since: iso(since),
            due_on: due_on.toString(),
            received,
          })),
        },
        why_not_add: found.why_not_add,
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/evidence',
    who: 'officer',
    summary: 'Enter a thing, or a paper that lies in the file of paper; files come in over tus at /uploads',
    status: 201,
    body: thingForm,
    answer: z.object({ exhibit: z.int().nullable().meta({ description: 'null for a repetition' }) }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => ({
      exhibit: await actsOnce<number | null>(
        call,
        'evidence.add-thing',
        (a) => addThing(a, numberOf(call), call.body),
        async () => null,
      ),
    }),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/evidence/{exhibit}/custody',
    who: 'officer',
    summary: 'One more link of an exhibit’s chain of custody',
    status: 200,
    body: moveForm,
    answer: exhibit,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const [number, which] = [numberOf(call), exhibitOf(call)];
      const found = await actsOnce(
        call,
        'evidence.move-on',
        async (a) => {
          await moveExhibit(a, number, which, call.body);
          return evidenceOf(a, number);
        },
        (a) => evidenceOf(a, number),
      );
      const one = found.exhibits.find((e) => e.number === which);
      return one ? present(one, call.lang) : notFound();
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/evidence/{exhibit}/verify',
    who: 'officer',
    summary: 'Read an exhibit back and hold it against its SHA-256 at arrival, and its chain against its hashes',
    status: 200,
    answer: verified,
    answers: (call) => acts(call, 'evidence.verify-exhibit', (a) => verifyExhibit(a, numberOf(call), exhibitOf(call))),
  }),
  endpoint({
    method: 'GET',
    path: '/exhibits/{code}',
    who: 'officer',
    summary: 'The exhibit whose label was read, for a post that has its case in sight',
    status: 200,
    answer: z.object({ number: text, exhibit: z.int() }),
    answers: (call) => reads(call, 'evidence.read-label', (r) => byLabel(r, call.params.code ?? ''), { note: true }),
  }),
];
