// What a superior has to decide today: of the files in sight those that are late, lie silent or on a vacant post, are late without a reason, or
// have a concern that nobody has answered;
// and from a figure to the files behind it.
import type { Reading } from '#foundation';
import { explainedOf } from '#deadlines';
import { findPosts, holdersNow, type Named, postName } from '#posts';
import { decisionKinds, type DecisionKind } from './decision-rules.ts';
import * as store from './decisions-store.ts';
import { OPEN } from './powers.ts';

/** A file that asks for a decision. `last_at`: the last step or line of the diary. */
export type Decision = {
  number: string;
  kinds: DecisionKind[];
  post_name: Named;
  path: string;
  due_at: Temporal.Instant | null;
  due_kind: 'law' | 'police-target' | null;
  last_at: Temporal.Instant;
};
/** `all`: whether every open file was looked at, or only those whose limit is nearest. */
export type Decisions = { decisions: Decision[]; all: boolean };

/** So many files are looked at: who has more below has others to look at them first. */
const MOST = 2000;

/**
 * The files below a unit that ask for a decision, the most urgent first.
 * @param unit its path; what is out of sight is not found in it
 * @param concerns numbers of the files with a concern that waits for this post's answer
 */
export async function decisionsHere(r: Reading, unit: string, concerns: readonly string[] = []): Promise<Decisions> {
  const rows = await store.worked(r, unit, OPEN, concerns, MOST);
  const holders = await holdersNow(r, [...new Set(rows.map(({ post }) => post))]);
  const late = rows.filter(({ due_at }) => due_at && Temporal.Instant.compare(due_at, r.now) < 0);
  const explained = await explainedOf(
    r,
    late.map(({ file }) => file),
  );
  const waits = new Set(concerns);
  const found = rows.flatMap((row) => {
    const kinds = decisionKinds(
      {
        ...row,
        vacant: !holders.has(row.post),
        explained: explained.has(row.file),
        concern: waits.has(row.number),
      },
      r.now,
    );
    return kinds.length > 0 ? [{ row, kinds }] : [];
  });
  const posts = new Map((await findPosts(r, [...new Set(found.map(({ row }) => row.post))])).map((p) => [p.id, p]));
  return {
    all: rows.length < MOST,
    decisions: found.map(({ row, kinds }) => {
      const post = posts.get(row.post);
      return {
        number: row.number,
        kinds,
        post_name: post ? postName(post) : { hi: '', en: '' },
        path: row.path,
        due_at: row.due_at,
        due_kind: row.due_kind,
        last_at: row.last_at,
      };
    }),
  };
}

/** The files of FIRs, by "unit/year/number": complaint number, post and since when; those in sight. */
export async function filesOfFirs(
  r: Reading,
  firs: readonly { unit: string; year: number; fir_number: string }[],
): Promise<Map<string, { number: string; post_name: Named; desk_since: Temporal.Instant }>> {
  const rows = firs.length > 0 ? await store.ofFirs(r, firs) : [];
  const posts = new Map((await findPosts(r, [...new Set(rows.map(({ post }) => post))])).map((p) => [p.id, p]));
  return new Map(
    rows.map(({ unit, year, fir_number, number, post, desk_since }) => {
      const at = posts.get(post);
      return [
        `${unit}/${year}/${fir_number}`,
        { number, post_name: at ? postName(at) : { hi: '', en: '' }, desk_since },
      ] as const;
    }),
  );
}
