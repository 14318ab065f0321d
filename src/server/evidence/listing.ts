// The exhibits of a case as its pages and the API read them: what, whence, where each is now, what is awaited.
import { clocksOf } from '#deadlines';
import { type Reading, refuse } from '#foundation';
import { findPosts, type Named, officersOf, postName } from '#posts';
import { openNarrative } from '#sealed-identity';
import type { Digital } from './exhibits.ts';
import { AWAITS_FSL, type ExhibitKind, type Move, movesFrom, type Place, whyNotAdd, whyNotTouch } from './rules.ts';
import * as store from './store.ts';

export type Link = {
  n: number;
  move: Move;
  from: Place | null;
  to: Place;
  at: Temporal.Instant;
  recorded_at: Temporal.Instant;
  post_name: Named | null;
  officer: Named | null;
  person: string | null;
  note: string | null;
  hash: string;
};
export type Exhibit = {
  id: string;
  number: number;
  kind: ExhibitKind;
  origin: store.Origin;
  /** how it came, where she had sent it in before it was attached: instead of writing, with her form, with a message, with her alarm */
  sent_as: store.ExhibitRow['sent_as'];
  name: string | null;
  description: string | null;
  found_where: string | null;
  found_at: Temporal.Instant | null;
  at: Temporal.Instant;
  post_name: Named | null;
  officer: Named | null;
  digital: Digital | null;
  place: Place;
  chain: Link[];
  moves: Move[];
  /** numbers of the exhibits that a laboratory's report is about, and of the reports about this one */
  reports_on: number[];
  reported_in: number[];
};
/** What others owe: the laboratory its report since an instant, the doctor by the clock of the law. */
export type Awaited = {
  fsl: { number: number; since: Temporal.Instant }[];
  medical: { since: Temporal.Instant; due_on: Temporal.PlainDate; due_at: Temporal.Instant; received: boolean }[];
};
export type Evidence = {
  exhibits: Exhibit[];
  awaited: Awaited;
  why_not_add: string | null;
  why_not_move: string | null;
};

/**
 * The exhibits of a case, oldest first.
 * @param number the complaint number
 * @throws Refusal `not-found` outside this post's circle
 */
export async function evidenceOf(r: Reading, number: string): Promise<Evidence> {
  const stands = await store.caseOf(r, number);
  const kind = r.actor.kind === 'officer' ? r.actor.post_kind : r.actor.kind;
  const { file } = stands;
  const rows = await store.exhibitsOf(r, file);
  const ids = rows.map(({ id }) => id);
  const custody = await store.custodyOf(r, ids);
  const uploads = new Map((await store.uploadsOf(r, file)).map((upload) => [upload.id, upload]));
  const answers = await store.answersOf(r, ids);
  const names = await namesOf(r, [...rows, ...custody]);
  const numbers = new Map(rows.map(({ id, number: n }) => [id, n]));
  const numbered = (of: readonly string[]) => of.flatMap((id) => numbers.get(id) ?? []).sort((a, b) => a - b);
  const exhibits: Exhibit[] = [];
  for (const row of rows) {
    const chain = custody.filter(({ exhibit }) => exhibit === row.id);
    const upload = row.upload ? uploads.get(row.upload) : undefined;
    const place = chain.at(-1)?.to_place ?? 'with-officer';
    const open = async (field: string, sealed: Buffer | null) => sealed && openNarrative(r, file, field, sealed);
    const links: Link[] = [];
    for (const link of chain)
      links.push({
        n: link.n,
        move: link.move,
        from: link.from_place,
        to: link.to_place,
        at: link.at,
        recorded_at: link.recorded_at,
        ...names(link),
        person: await open(`custody:${row.id}:${link.n}:person`, link.sealed_person),
        note: await open(`custody:${row.id}:${link.n}:note`, link.sealed_note),
        hash: link.hash.toString('hex'),
      });
    exhibits.push({
      id: row.id,
      number: row.number,
      kind: row.kind,
      origin: row.origin,
      sent_as: row.sent_as,
      name: upload ? (await open(`upload:${upload.id}:name`, upload.sealed_name)) || null : null,
      description: await open(`exhibit:${row.id}:description`, row.sealed_description),
      found_where: await open(`exhibit:${row.id}:place`, row.sealed_place),
      found_at: row.found_at,
      at: row.at,
      ...names(row),
      digital: upload ? digitalOf(upload) : null,
      place,
      chain: links,
      moves: movesFrom(place),
      reports_on: numbered(answers.filter((one) => one.report === row.id).map((one) => one.exhibit)),
      reported_in: numbered(answers.filter((one) => one.exhibit === row.id).map((one) => one.report)),
    });
  }
  return {
    exhibits,
    awaited: { fsl: awaitedFrom(exhibits), medical: await medicalOf(r, file) },
    why_not_add: whyNotAdd({ ...stands, kind }) ?? null,
    why_not_move: whyNotTouch({ ...stands, kind }) ?? null,
  };
}

/** Refuses a number that no exhibit of the case has. @throws Refusal `no-such-exhibit` about `exhibits` */
export async function exhibitsThere(r: Reading, number: string, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  const { file } = await store.caseOf(r, number);
  const there = new Set((await store.exhibitsOf(r, file)).map((row) => row.number));
  if (numbers.some((n) => !there.has(n))) refuse('no-such-exhibit', 'exhibits');
}

/** A kept upload as what it is. */
export function digitalOf({ media, size, sha256, scan }: store.UploadRow): Digital | null {
  return media && sha256 && scan ? { media, size, sha256: sha256.toString('hex'), scan } : null;
}

// No rule of law gives the laboratory a day: what can be said is since when it has the exhibit.
const awaitedFrom = (exhibits: readonly Exhibit[]): Awaited['fsl'] =>
  exhibits.flatMap(({ number, chain, reported_in }) => {
    const sent = chain.findLast(({ move }) => AWAITS_FSL.includes(move));
    return sent && reported_in.length === 0 ? [{ number, since: sent.at }] : [];
  });

async function medicalOf(r: Reading, file: string): Promise<Awaited['medical']> {
  const clocks = (await clocksOf(r, file)).filter(({ rule }) => rule === 'medical_report_7d');
  return clocks.map(({ started_at, due_on, due_at, stopped_at }) => ({
    since: started_at,
    due_on,
    due_at,
    received: stopped_at !== null,
  }));
}

async function namesOf(r: Reading, rows: readonly { post: string | null; officer: string | null }[]) {
  const ids = (of: (string | null)[]) => [...new Set(of.filter((id) => id !== null))];
  const posts = new Map((await findPosts(r, ids(rows.map(({ post }) => post)))).map((p) => [p.id, postName(p)]));
  const officers = new Map(
    (await officersOf(r, ids(rows.map(({ officer }) => officer)))).map((o) => [o.id, { hi: o.name_hi, en: o.name_en }]),
  );
  return ({ post, officer }: { post: string | null; officer: string | null }) => ({
    post_name: (post && posts.get(post)) || null,
    officer: (officer && officers.get(officer)) || null,
  });
}
