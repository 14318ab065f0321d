// One post below: who holds it and who held it, what lies there; leave, hand-over, transfer, files moved together.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { type Act, newId, read, type Reading, refuse, Refusal } from '#foundation';
import {
  chargesOf,
  endLeaveOf,
  filesOnDesk,
  grantLeaveOf,
  handOverDesk,
  handOverForm,
  leaveForm,
  moveFiles,
  moveFilesForm,
  orderTransferOf,
  staffingOf,
  transferForm,
} from '#casework';
import { LEAVE_KINDS, holdersOf, liesIn, postName, readPost, seatsOf, SUPERVISING } from '#posts';
import { instantTyped, typedNow } from '../../day-and-hour.ts';
import { formAction } from '../../../form-action.ts';
import { once } from '../../once.ts';
import { signedIn } from '../../signed-in.ts';
import { postsToChoose } from '../../file/[number]/[step]/posts-to-choose.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { officersToChoose } from './officers.ts';

const isId = (text: string): boolean => z.uuid().safeParse(text).success;
const DONE = ['leave', 'ended', 'handed', 'transfer', 'moved'] as const;

async function postPage(r: Reading, id: string, who: { post: string; kind: string; unit: string }) {
  const post = await readPost(r, id);
  if (!(SUPERVISING as readonly string[]).includes(who.kind) || !liesIn(post.path, who.unit) || id === who.post)
    refuse('not-found');
  const row = (await staffingOf(r, post.path)).rows.find((one) => one.post === id) ?? refuse('not-found');
  const held = row.holder ? await seatsOf(r, row.holder.officer) : [];
  return {
    name: postName(post),
    women_only: post.women_only,
    row,
    holders: await holdersOf(r, id),
    files: await filesOnDesk(r, id),
    charges: await chargesOf(r, [id]),
    officers: await officersToChoose(r, who),
    // every post of this officer that this post may give away
    his: held.filter((seat) => liesIn(seat.path, who.unit) && seat.post !== who.post),
    targets: await postsToChoose(r, 'move', id, who),
    now: r.now,
  };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { post } = event.params;
  if (!isId(post)) error(404, { message: 'not-found' });
  const who = { post: staff.post, kind: staff.post_kind, unit: staff.unit };
  try {
    const { request_id } = event.locals;
    const page = await read(staff, 'posts.read-post', (r) => postPage(r, post, who), { request_id });
    const done = event.url.searchParams.get('done');
    return {
      ...page,
      post,
      kinds: LEAVE_KINDS,
      today: typedNow(page.now),
      tomorrow: typedNow(page.now.add({ hours: 24 })),
      form_id: newId(),
      done: DONE.find((one) => one === done) ?? null,
      moved: Number(event.url.searchParams.get('n')) || 0,
    };
  } catch (refused) {
    if (refused instanceof Refusal && ['not-found', 'not-your-power'].includes(refused.code))
      error(404, { message: 'not-found' });
    throw refused;
  }
};

const keyed = { form_id: z.uuid('not-understood') };
const withTimes =
  (...names: string[]) =>
  (value: unknown) =>
    typeof value === 'object' && value !== null
      ? { ...value, ...Object.fromEntries(names.map((name) => [name, instantTyped(Reflect.get(value, name))])) }
      : value;
const here = (event: RequestEvent, done: (typeof DONE)[number]) => `/posts/${event.params.post}?done=${done}`;
const pressedOnce = (a: Act, form: { form_id: string }, event: RequestEvent, work: () => Promise<unknown>) =>
  once(
    a,
    form,
    `${event.url.pathname}${event.url.search}`,
    async () => void (await work()),
    async () => undefined,
  );

export const actions: Actions = {
  leave: formAction(
    z.preprocess(withTimes('from', 'to'), leaveForm.extend(keyed)),
    'posts.grant-leave',
    (a, form, event: RequestEvent) =>
      pressedOnce(a, form, event, () => grantLeaveOf(a, { ...form, post: event.params.post ?? '' })),
    (_, event) => here(event, 'leave'),
  ),
  back: formAction(
    z.object(keyed),
    'posts.end-leave',
    (a, form, event: RequestEvent) => pressedOnce(a, form, event, () => endLeaveOf(a, event.params.post ?? '')),
    (_, event) => here(event, 'ended'),
  ),
  hand: formAction(
    handOverForm.extend(keyed),
    'posts.hand-over',
    (a, form, event: RequestEvent) =>
      pressedOnce(a, form, event, () => handOverDesk(a, { ...form, from: undefined, post: event.params.post ?? '' })),
    (_, event) => here(event, 'handed'),
  ),
  transfer: formAction(
    z.preprocess(withTimes('at'), transferForm.extend(keyed)),
    'posts.order-transfer',
    (a, form, event: RequestEvent) => pressedOnce(a, form, event, () => orderTransferOf(a, form)),
    (_, event) => here(event, 'transfer'),
  ),
  move: formAction(
    moveFilesForm.extend(keyed),
    'casework.move-files',
    async (a, form, event: RequestEvent) => {
      await pressedOnce(a, form, event, () => moveFiles(a, form));
      return form.numbers.length;
    },
    (n, event) => `${here(event, 'moved')}&n=${n}`,
  ),
};
