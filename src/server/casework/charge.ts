// The charge of a post: who may order leave and transfers, and the list that the outgoing and the incoming officer both sign.
import { createHash } from 'node:crypto';
import { type Act, json, keys, newId, note, type Reading, refuse } from '#foundation';
import { chainsOf } from '#deadlines';
import {
  endLeave,
  findPosts,
  grantLeave,
  type LeaveForm,
  liesIn,
  type Named,
  officersOf,
  orderTransfer,
  postName,
  readPost,
  type TransferForm,
  transfersOf,
  noteOfTransfer,
  absencesOf,
} from '#posts';
import * as store from './charge-store.ts';
import { OPEN } from './powers.ts';

/**
 * Whether the acting post may say who holds a post: one that stands above it, or an administrator of the unit, never for himself.
 * @throws Refusal `not-your-power`, `not-found`
 */
export async function mustStandAbove(a: Act, post: string, given_to: readonly (string | null)[]): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  if (actor.post_kind === 'administrator') {
    const { path } = await readPost(a, post);
    // whoever gives out sight has none
    if (!liesIn(path, actor.unit) || given_to.includes(actor.officer)) refuse('not-your-power');
    return;
  }
  const above = ((await chainsOf(a, [post])).get(post) ?? []).slice(1);
  if (!above.some((link) => link.post === actor.post)) refuse('not-your-power');
}

/** Leave for the holder of a post below. @throws Refusal as {@link mustStandAbove} and #posts `grantLeave` */
export async function grantLeaveOf(a: Act, form: LeaveForm): Promise<string> {
  await mustStandAbove(a, form.post, [form.deputy]);
  const id = await grantLeave(a, form);
  await note(a, 'posts.leave', form.post);
  return id;
}

/** Ends a leave of a post below. @throws Refusal as {@link mustStandAbove} and #posts `endLeave` */
export async function endLeaveOf(a: Act, post: string): Promise<void> {
  await mustStandAbove(a, post, []);
  const [absence] = await absencesOf(a, [post]);
  await endLeave(a, absence?.id ?? refuse('not-found'));
  await note(a, 'posts.leave-ended', post);
}

/** Posts an officer below elsewhere, with every post of the order. @throws Refusal as {@link mustStandAbove} and #posts `orderTransfer` */
export async function orderTransferOf(a: Act, form: TransferForm): Promise<string> {
  for (const { post, successor } of form.posts) await mustStandAbove(a, post, [successor]);
  const id = await orderTransfer(a, form);
  await note(a, 'posts.transfer', form.officer);
  return id;
}

/** One side of a charge list: signed, with what was on it, or not yet. */
export type Signed = { at: Temporal.Instant; files: store.ChargeLine[]; note: string | null; sha256: string } | null;
/** The charge of one post that changes hands by an order. */
export type Charge = {
  transfer: string;
  post: string;
  post_name: Named;
  at: Temporal.Instant;
  note: string;
  from: Named;
  to: Named | null;
  gives: Signed;
  takes: Signed;
  /** what the acting officer has to sign here now */
  mine: 'gives' | 'takes' | null;
  /** numbers that stand on one list and not on the other, once both are signed */
  differ: string[];
};

/**
 * The charges that concern the acting officer, who gives or takes, and those of the posts asked for; the newest first.
 * @param posts ids of posts below, for whoever supervises them
 */
export async function chargesOf(r: Reading, posts?: readonly string[]): Promise<Charge[]> {
  const { actor } = r;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  const rows = await transfersOf(r, posts ? { posts } : { officer: actor.officer });
  const [named, officers, lists] = [
    new Map((await findPosts(r, [...new Set(rows.map(({ post }) => post))])).map((p) => [p.id, postName(p)])),
    new Map(
      (
        await officersOf(r, [
          ...new Set(rows.flatMap(({ officer, successor }) => [officer, ...(successor ? [successor] : [])])),
        ])
      ).map((o) => [o.id, { hi: o.name_hi, en: o.name_en }]),
    ),
    await store.listsOf(r, [...new Set(rows.map(({ id }) => id))]),
  ];
  const nameOf = (id: string): Named => officers.get(id) ?? { hi: '', en: '' };
  return rows.map((row) => {
    const signed = (side: 'gives' | 'takes'): Signed => {
      const found = lists.find((l) => l.transfer === row.id && l.post === row.post && l.side === side);
      return found ? signedOf(found) : null;
    };
    const sides = { gives: signed('gives'), takes: signed('takes') };
    return {
      transfer: row.id,
      post: row.post,
      post_name: named.get(row.post) ?? { hi: '', en: '' },
      at: row.effective_at,
      note: noteOfTransfer(row),
      from: nameOf(row.officer),
      to: row.successor ? nameOf(row.successor) : null,
      ...sides,
      mine: sideOf(row, actor, r.now, sides),
      differ: differences(sides.gives, sides.takes),
    };
  });
}

/** How many charge lists wait for the acting officer's signature at this very post. */
export async function chargesToSign(r: Reading): Promise<number> {
  const { actor } = r;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const mine = (await transfersOf(r, { officer: actor.officer })).filter(({ post }) => post === actor.post);
  if (mine.length === 0) return 0;
  const lists = await store.listsOf(
    r,
    mine.map(({ id }) => id),
  );
  const signed = (row: (typeof mine)[number], side: 'gives' | 'takes'): Signed => {
    const found = lists.find((l) => l.transfer === row.id && l.post === row.post && l.side === side);
    return found ? signedOf(found) : null;
  };
  return mine.filter((row) => sideOf(row, actor, r.now, { gives: signed(row, 'gives'), takes: signed(row, 'takes') }))
    .length;
}

const signedOf = (list: store.ChargeList): Signed => ({
  at: list.signed_at,
  files: list.files,
  note: list.sealed_note && keys.open('charge-note', list.id, list.sealed_note).toString('utf8'),
  sha256: list.sha256.toString('hex'),
});

function differences(gives: Signed, takes: Signed): string[] {
  if (!gives || !takes) return [];
  const numbers = ({ files }: { files: readonly store.ChargeLine[] }) => new Set(files.map(({ number }) => number));
  return [...numbers(gives).symmetricDifference(numbers(takes))].sort();
}

// he gives while he still holds it, the other takes once he does; each at that very post
function sideOf(
  order: { officer: string; successor: string | null; post: string; effective_at: Temporal.Instant },
  actor: { officer: string; post: string },
  now: Temporal.Instant,
  signed: { gives: Signed; takes: Signed },
): 'gives' | 'takes' | null {
  if (actor.post !== order.post) return null;
  const begun = Temporal.Instant.compare(order.effective_at, now) <= 0;
  if (actor.officer === order.officer && !begun && !signed.gives) return 'gives';
  return actor.officer === order.successor && begun && !signed.takes ? 'takes' : null;
}

/**
 * Signs for the charge of a post: what lies on it now is written down with a hash of the list. It cannot be signed twice or changed.
 * @param form the order and the post; `note`: what the other should know, sealed
 * @returns how many files are on the list
 * @throws Refusal `not-your-list`, `already-signed`
 */
export async function signCharge(
  a: Act,
  form: { transfer: string; post: string; note?: string | undefined },
): Promise<number> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const charge = (await chargesOf(a)).find((one) => one.transfer === form.transfer && one.post === form.post);
  const side = charge?.mine ?? refuse(charge && (charge.gives ?? charge.takes) ? 'already-signed' : 'not-your-list');
  const files = await store.linesOn(a, form.post, OPEN);
  const id = newId();
  const added = await store.addList(a, {
    id,
    transfer: form.transfer,
    post: form.post,
    officer: actor.officer,
    side,
    signed_at: a.now,
    files: json(files),
    sha256: createHash('sha256').update(JSON.stringify(files)).digest(),
    sealed_note: form.note ? keys.seal('charge-note', id, form.note) : null,
  });
  if (!added) refuse('already-signed');
  await note(a, `posts.charge-${side}`, form.post);
  return files.length;
}
