// The same accused in other files: what is suggested among the files a post may see, and what an officer has decided about it. Nothing is
// ever joined by itself, and nobody's name is shown.
import { z } from 'zod';
import { type Act, newId, note, type Reading, refuse } from '#foundation';
import { findPosts, type Named, postName } from '#posts';
import { type Like, likeAccused, openNarrative, sealNarrative } from '#sealed-identity';
import type { State } from './powers.ts';
import * as search from './search-store.ts';
import type { Cited } from './store.ts';
import * as store from './store.ts';

type LinkTable = {
  id: string;
  file: string;
  accused: number;
  other_file: string;
  other_accused: number;
  same: boolean;
  at: Temporal.Instant;
  post: string;
  officer: string;
  sealed_note: Buffer;
};
declare module '#foundation' {
  interface Database {
    'casework.accused_link': LinkTable;
  }
}

/** Why somebody is suggested: the codes that pages say in words. */
export type Likeness = 'phone' | 'vehicle' | 'name' | 'address';
/** One accused of another file. */
export type Repeat = {
  number: string;
  /** of this file and of the other, from 1 */
  accused: number;
  other_accused: number;
  why: Likeness[];
  sections: Cited[];
  state: State;
  fir: string | null;
  submitted_at: Temporal.Instant;
  post_name: Named;
  decided: { same: boolean; at: Temporal.Instant; post_name: Named; note: string } | null;
};

/** Decides about a suggestion, or joins what nothing has suggested. */
export const repeatForm = z
  .object({
    accused: z.coerce.number('accused-number').int('accused-number').min(1, 'accused-number').max(99, 'accused-number'),
    other: z
      .string('not-understood')
      .transform((said) => said.replace(/\D/g, ''))
      .pipe(z.string().regex(/^\d{12}$/, 'not-understood')),
    other_accused: z.coerce
      .number('accused-number')
      .int('accused-number')
      .min(1, 'accused-number')
      .max(99, 'accused-number'),
    same: z.preprocess((said) => said === true || said === 'yes', z.boolean()),
    note: z.string('say-why').trim().min(1, 'say-why').max(2000, 'too-long'),
  })
  .meta({ id: 'RepeatAccused' });
export type RepeatForm = z.output<typeof repeatForm>;

const MOST = 20;
const NAMES = 0.6;

/**
 * Who of other files may be the same as an accused of this one, the most alike first, and what was decided. Only files in sight.
 * @throws Refusal `not-found`
 */
export async function repeatsOf(r: Reading, number: string): Promise<Repeat[]> {
  const file = (await store.findFile(r, number)) ?? refuse('not-found');
  const likes = await likeAccused(r, file.id, MOST);
  const links = await linksOf(r, file.id);
  const pairs = pairsOf(file.id, likes, links);
  const lines = new Map(
    (await search.linesOf(r, [...new Set(pairs.map(({ other }) => other))], 2 * MOST)).map((line) => [line.file, line]),
  );
  const posts = new Map(
    (
      await findPosts(r, [
        ...new Set([...lines.values()].map(({ post }) => post).concat(links.map(({ post }) => post))),
      ])
    ).map((p) => [p.id, postName(p)]),
  );
  const found: Repeat[] = [];
  for (const { other, accused, other_accused, like, link } of pairs) {
    const line = lines.get(other);
    if (!line) continue;
    found.push({
      number: line.number,
      accused,
      other_accused,
      why: like ? whyOf(like) : [],
      sections: line.sections,
      state: line.state,
      fir: line.fir_number && `${line.fir_number}/${line.fir_year}`,
      submitted_at: line.submitted_at,
      post_name: posts.get(line.post) ?? { hi: '', en: '' },
      decided: link
        ? {
            same: link.same,
            at: link.at,
            post_name: posts.get(link.post) ?? { hi: '', en: '' },
            // sealed under the key of the file it was decided from
            note: await openNarrative(r, link.file, `link:${link.id}`, link.sealed_note),
          }
        : null,
    });
  }
  return found;
}

function whyOf(like: Like): Likeness[] {
  return [
    ...(like.phone ? (['phone'] as const) : []),
    ...(like.vehicle ? (['vehicle'] as const) : []),
    ...(like.names >= NAMES ? (['name'] as const) : []),
    ...(like.address >= NAMES ? (['address'] as const) : []),
  ];
}

// the latest decision about each pair, seen from either file
const linksOf = (r: Pick<Reading, 'db'>, file: string): Promise<LinkTable[]> =>
  r.db
    .selectFrom('casework.accused_link')
    .selectAll()
    .where((eb) => eb.or([eb('file', '=', file), eb('other_file', '=', file)]))
    .orderBy('at')
    .orderBy('id')
    .execute();

type Pair = { other: string; accused: number; other_accused: number; like: Like | null; link: LinkTable | null };
function pairsOf(file: string, likes: readonly Like[], links: readonly LinkTable[]): Pair[] {
  const pairs = new Map<string, Pair>();
  const put = (pair: Omit<Pair, 'like' | 'link'>, more: Partial<Pair>) => {
    const key = `${pair.other} ${pair.accused} ${pair.other_accused}`;
    pairs.set(key, { ...(pairs.get(key) ?? { ...pair, like: null, link: null }), ...more });
  };
  for (const like of likes)
    put({ other: like.subject, accused: like.person + 1, other_accused: like.other + 1 }, { like });
  for (const link of links) {
    const here = link.file === file;
    put(
      {
        other: here ? link.other_file : link.file,
        accused: here ? link.accused : link.other_accused,
        other_accused: here ? link.other_accused : link.accused,
      },
      { link },
    );
  }
  return [...pairs.values()];
}

/**
 * Says that an accused of this file is, or is not, an accused of another one, and why; whoever decides sees both files. What was decided
 * before stays; the latest counts.
 * @throws Refusal `not-your-power`; `not-found`, about `other` where it is the other file; `same-file`
 */
export async function decideRepeat(a: Act, number: string, form: RepeatForm): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const file = (await store.findFile(a, number)) ?? refuse('not-found');
  const other = (await store.findFile(a, form.other)) ?? refuse('not-found', 'other');
  if (other.id === file.id) refuse('same-file', 'other');
  const first = file.id < other.id;
  const id = newId();
  const key = first ? file.id : other.id;
  await a.db
    .insertInto('casework.accused_link')
    .values({
      id,
      file: key,
      accused: first ? form.accused : form.other_accused,
      other_file: first ? other.id : file.id,
      other_accused: first ? form.other_accused : form.accused,
      same: form.same,
      at: a.now,
      post: actor.post,
      officer: actor.officer,
      sealed_note: await sealNarrative(a, key, `link:${id}`, form.note),
    })
    .execute();
  const detail = { same: form.same };
  await note(a, 'file.link-accused', file.id, detail);
  await note(a, 'file.link-accused', other.id, detail);
}
