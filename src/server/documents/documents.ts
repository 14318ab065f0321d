// The door of documents: papers that are handed out, each numbered, sealed as it was printed, and to be checked by a code that tells nothing.
import { createHash, randomBytes } from 'node:crypto';
import {
  type Act,
  keys,
  newId,
  note,
  openWith,
  type Reading,
  refuse,
  refuseIf,
  sealWith,
  type WrapBook,
} from '#foundation';
import { type FileView, readFile } from '#casework';
import { istDay } from '#law';
import { findPosts, type Named, officersOf, STATES_OF_INDIA } from '#posts';
import { type Identity, openIdentity } from '#sealed-identity';
import { grouped, macOf, markOf, newCode, readCode } from './code.ts';
import { actingPost, gather, homeOf, kindsOf, rightsOn, ruleFacts, type Told } from './facts.ts';
import { type IssueForm, PAPER_PURPOSES } from './forms.ts';
import type { Paper } from './paper.ts';
import { print } from './press.ts';
import { placeOf } from './place.ts';
import { type AnyPaper, carriesName, PAPER_KINDS, PAPERS, type PaperKind, partsOf, whyNoPaper } from './rules.ts';
import * as store from './store.ts';

export type { Told } from './facts.ts';
export { type HerDocument, myDocuments, openMyDocument } from './her-copies.ts';
export { paperToTravel, papersToTravel, takeArrivingPaper } from './travelling.ts';
export { type IssueForm, issueForm, PAPER_PURPOSES, verifyForm } from './forms.ts';
export type { Block, Paper } from './paper.ts';
export { type AnyPaper, PAPER_KINDS, PAPERS, type PaperKind } from './rules.ts';

/** A paper as a page lists it. */
export type DocumentFacts = {
  id: string;
  kind: AnyPaper;
  part_of: string | null;
  /** "2026/0017": year and number of the issuing unit */
  reference: string;
  language: 'hi' | 'en';
  /** carries the sealing mark; fetching it needs her identity to stand open */
  names_her: boolean;
  issued_at: Temporal.Instant;
  post_name: Named;
  officer: Named | null;
  mark: string;
  sha256: string;
  size: number;
  /** when she first opened it behind her gate; null where she has not, or may not */
  opened_at: Temporal.Instant | null;
};
/** A paper that can be asked for and, where it may not be issued, why not. */
export type PaperFacts = { kind: PaperKind; names_her: boolean; authority: string | null; why_not: string | null };
export type OnPaper = { papers: PaperFacts[]; documents: DocumentFacts[] };

/**
 * Sets a sheet that is no paper of a file: without a number in a register, without a code, kept nowhere.
 * @param reference what stands in its foot
 */
export const printSheet = (paper: Paper, reference: string, at: Temporal.Instant): Promise<Buffer> =>
  print({ ...paper, reference, code: '', mark: '' }, '', at);

/** How sheets are made: who writes them in words, and where their code can be checked. */
export type Press = {
  write: (told: Told) => Paper;
  /** the address of the page that checks a code, without the code */
  verify_at: string;
  /** a practice house prints "specimen" on every sheet */
  specimen: boolean;
};

const referenceOf = (row: { year: number; serial: number }): string =>
  `${row.year}/${String(row.serial).padStart(4, '0')}`;
const markIn = (hex: string): string => grouped(hex);

/**
 * The papers of a file: which may be issued now and which have been.
 * @param file as it was just read for this post
 */
export async function onPaper(r: Reading, file: FileView): Promise<OnPaper> {
  const kinds = await kindsOf(r, file);
  const facts = ruleFacts(file);
  return {
    papers: PAPER_KINDS.map((kind) => ({
      kind,
      names_her: PAPERS[kind].names_her,
      authority: PAPERS[kind].authority,
      why_not: whyNoPaper(kind, facts, kinds) ?? null,
    })),
    documents: await documentsOf(r, file.file),
  };
}

/** The papers that were issued in a file, newest first; empty out of sight. */
export async function documentsOf(r: Reading, file: string): Promise<DocumentFacts[]> {
  return presented(r, await store.documentsOf(r, file), await store.openedOf(r, file));
}

async function presented(
  r: Reading,
  rows: readonly store.Row[],
  opened: ReadonlyMap<string, Temporal.Instant>,
): Promise<DocumentFacts[]> {
  const there = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  const posts = new Map((await findPosts(r, there(rows.map(({ post }) => post)))).map((p) => [p.id, p]));
  const people = await officersOf(r, there(rows.map(({ officer }) => officer)));
  return rows.map((row) => {
    const post = row.post ? posts.get(row.post) : undefined;
    const state = row.from_state ? STATES_OF_INDIA.get(row.from_state) : undefined;
    const officer = people.find(({ id }) => id === row.officer);
    return {
      id: row.id,
      kind: row.kind,
      part_of: row.part_of,
      reference: referenceOf(row),
      language: row.language,
      names_her: row.names_her,
      issued_at: row.issued_at,
      post_name: state ?? { hi: post?.name_hi ?? '', en: post?.name_en ?? '' },
      officer: officer ? { hi: officer.name_hi, en: officer.name_en } : null,
      mark: markIn(row.mark),
      sha256: row.sha256.toString('hex'),
      size: row.size,
      opened_at: opened.get(row.id) ?? null,
    };
  });
}

/**
 * Issues a paper: numbers it, writes it from the file, prints it, keeps it sealed. What names her opens her identity first, for the
 * purpose that was said; she sees that it was opened. The report to the court comes in two: the form, and the sealed part with her name.
 * @param number the complaint number, 12 digits
 * @returns what was issued, the open part first
 * @throws Refusal `not-found`; whatever `whyNoPaper` says; `purpose-unknown` where the paper names her and no purpose was given
 */
export async function issue(a: Act, number: string, form: IssueForm, press: Press): Promise<DocumentFacts[]> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const file = await readFile(a, number);
  refuseIf(whyNoPaper(form.kind, ruleFacts(file), await kindsOf(a, file)));
  const acting = await actingPost(a, a.actor.post);
  const facts = await gather(a, number, file, acting);
  const identity = PAPERS[form.kind].names_her ? await identityFor(a, file.file, form.purpose) : null;
  const home = identity && (await homeOf(a, identity));
  const year = istDay(a.now).year;
  const parts: { kind: AnyPaper; id: string; unit: string; serial: number }[] = [];
  for (const kind of partsOf(form.kind)) parts.push({ kind, id: newId(), ...(await store.nextNumber(a, year)) });
  for (const part of parts) {
    const named = carriesName(part.kind);
    const other = parts.find((one) => one !== part);
    const paper = press.write({
      ...facts,
      kind: part.kind,
      language: form.language,
      reference: referenceOf({ year, serial: part.serial }),
      other_part: other ? referenceOf({ year, serial: other.serial }) : null,
      identity: named ? identity : null,
      home: named ? home : null,
      authority: PAPERS[form.kind].authority,
      rights: rightsOn(part.kind),
      specimen: press.specimen,
    });
    await keep(a, { ...part, file: file.file, part_of: part === parts[0] ? null : (parts[0]?.id ?? null) }, paper, {
      year,
      names_her: named,
      verify_at: press.verify_at,
      language: form.language,
    });
  }
  const made = new Set(parts.map(({ id }) => id));
  return (await documentsOf(a, file.file)).filter(({ id }) => made.has(id)).reverse();
}

async function identityFor(a: Act, file: string, purpose: string | undefined): Promise<Identity> {
  const known = PAPER_PURPOSES.find((one) => one === purpose) ?? refuse('purpose-unknown', 'purpose');
  return (await openIdentity(a, file, known)).identity;
}

async function keep(
  a: Act,
  part: { id: string; kind: AnyPaper; unit: string; serial: number; file: string; part_of: string | null },
  paper: Paper,
  of: { year: number; names_her: boolean; verify_at: string; language: 'hi' | 'en' },
): Promise<void> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const code = newCode();
  const reference = referenceOf({ year: of.year, serial: part.serial });
  const mark = markOf(part.id, JSON.stringify([reference, paper]));
  const sheet = { ...paper, reference, code: grouped(code), mark: markIn(mark) };
  // behind the #, which no browser sends and no server writes down
  const pdf = await print(sheet, `${of.verify_at}#${code}`, a.now);
  const key = randomBytes(32);
  await store.addDocument(a, {
    id: part.id,
    file: part.file,
    kind: part.kind,
    part_of: part.part_of,
    unit: part.unit,
    year: of.year,
    serial: part.serial,
    language: of.language,
    names_her: of.names_her,
    issued_at: a.now,
    post: a.actor.post,
    officer: a.actor.officer,
    code_mac: macOf(code),
    mark,
    sha256: createHash('sha256').update(pdf).digest(),
    size: pdf.length,
    wrapped: await keys.wrap(key, placeOf(part)),
    sealed_pdf: sealWith(key, placeOf(part), pdf),
    from_state: null,
  });
  await note(a, 'documents.issue', part.file, { document: part.id, kind: part.kind, reference });
}

/**
 * A paper as it was printed, byte for byte. What names her is handed out only while her identity stands open in this session; the
 * database itself keeps to that. Each fetching is in the ledger, with the file as its subject.
 * @param id of the document
 * @returns the PDF and a file name that says nothing but the number
 * @throws Refusal `not-found` out of sight; `needs-opening`
 */
export async function fetchDocument(a: Act, id: string): Promise<{ pdf: Buffer; name: string }> {
  const row = (await store.findDocument(a, id)) ?? refuse('not-found');
  const taken = (await store.takeBytes(a, id)) ?? refuse('needs-opening');
  const pdf = openWith(await keys.unwrap(taken.wrapped, placeOf(row)), placeOf(row), taken.sealed_pdf);
  if (!createHash('sha256').update(pdf).digest().equals(row.sha256)) throw new Error('a paper differs from its hash');
  await note(a, 'documents.fetch', row.file, { document: row.id });
  return { pdf, name: `${row.year}-${String(row.serial).padStart(4, '0')}.pdf` };
}

/** What a code says of its paper, to anybody: number, day, mark, hash. */
export type Verified = { reference: string; on: Temporal.PlainDate; mark: string; sha256: string };

/**
 * Checks a code. Eighty random bits cannot be found by trying, so a wrong one needs no counter; it answers like one that never was.
 * @param typed as it stands on the paper, in any spelling
 * @returns undefined when no paper has this code
 */
export async function verify(r: Reading, typed: string): Promise<Verified | undefined> {
  const code = readCode(typed);
  const found = code && (await store.verified(r, macOf(code)));
  if (!found) return undefined;
  return {
    reference: referenceOf(found),
    on: istDay(found.issued_at),
    mark: markIn(found.mark),
    sha256: found.sha256.toString('hex'),
  };
}

/** The keys of papers, for when the key that wraps them is changed. */
export const paperWraps: WrapBook = {
  name: 'papers',
  after: async (h, after, most) =>
    (await store.wrapsAfter(h, after, most)).map(({ id, file, wrapped }) => ({
      id,
      place: placeOf({ id, file }),
      wrapped,
    })),
  put: store.wrapAnew,
};
