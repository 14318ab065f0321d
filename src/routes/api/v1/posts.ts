// Posts over the API: who holds what and how much lies there, leave, orders of transfer, the lists both sign, files sent together.
import { z } from 'zod';
import {
  type Charge,
  chargeForm,
  chargesOf,
  endLeaveOf,
  grantLeaveOf,
  leaveForm,
  type Load,
  moveFiles,
  moveFilesForm,
  orderTransferOf,
  type Signed,
  signCharge,
  staffingOf,
  transferForm,
} from '#casework';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { state, text } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

const load = z
  .object({
    open: z.int(),
    late: z.int().meta({ description: 'files with a clock that the police have let pass' }),
    stuck: z.int().meta({ description: 'on the same desk for more than fifteen days' }),
    oldest: instant.nullable(),
  })
  .meta({ id: 'Load' });
const staffing = z
  .object({
    unit: z.object({ path: text, name: text }),
    parts: z.array(z.object({ path: text, name: text, posts: z.int(), vacant: z.int(), load })),
    posts: z.array(
      z.object({
        post: z.uuid(),
        kind: text,
        name: text,
        holder: z.object({ officer: z.uuid(), name: text, rank: text, since: instant }).nullable(),
        away: z
          .object({ from: instant, to: instant, kind: text, officer: text, deputy: text.nullable() })
          .nullable()
          .meta({ description: 'a leave that runs or is planned' }),
        load,
      }),
    ),
  })
  .meta({ id: 'Staffing' });
const signed = z
  .object({
    at: instant,
    files: z.array(z.object({ number: text, state, since: text })),
    note: text.nullable(),
    sha256: text,
  })
  .nullable();
const charge = z
  .object({
    transfer: z.uuid(),
    post: z.uuid(),
    post_name: text,
    at: instant,
    note: text,
    from: text,
    to: text.nullable(),
    gives: signed,
    takes: signed,
    mine: z.enum(['gives', 'takes']).nullable().meta({ description: 'what the caller has to sign here now' }),
    differ: z.array(text),
  })
  .meta({ id: 'Charge' });

const presentLoad = (of: Load): z.input<typeof load> => ({
  open: of.open,
  late: of.late,
  stuck: of.stuck,
  oldest: isoOrNull(of.oldest),
});
const presentSigned = (one: Signed): z.input<typeof signed> =>
  one && { at: iso(one.at), files: one.files.map((line) => ({ ...line })), note: one.note, sha256: one.sha256 };
const presentCharge = (one: Charge, lang: Lang): z.input<typeof charge> => ({
  transfer: one.transfer,
  post: one.post,
  post_name: one.post_name[lang],
  at: iso(one.at),
  note: one.note,
  from: one.from[lang],
  to: one.to ? one.to[lang] : null,
  gives: presentSigned(one.gives),
  takes: presentSigned(one.takes),
  mine: one.mine,
  differ: one.differ,
});

export const posts: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/posts',
    who: 'officer',
    summary: 'Who holds which post below this one, who is away, and what lies with whom',
    status: 200,
    query: z.object({ unit: z.string().max(200).optional() }),
    answer: staffing,
    refuses: [404],
    answers: (call) =>
      reads(call, 'posts.read-staffing', async (r) => {
        const { lang } = call;
        const seen = await staffingOf(r, call.query.unit);
        return {
          unit: { path: seen.unit.path, name: seen.unit.name[lang] },
          parts: seen.parts.map((part) => ({ ...part, name: part.name[lang], load: presentLoad(part.load) })),
          posts: seen.rows.map((row) => ({
            post: row.post,
            kind: row.kind,
            name: row.name[lang],
            holder: row.holder && {
              officer: row.holder.officer,
              name: row.holder.name[lang],
              rank: row.holder.rank[lang],
              since: iso(row.holder.since),
            },
            away: row.away && {
              from: iso(row.away.from),
              to: iso(row.away.to),
              kind: row.away.kind,
              officer: row.away.officer[lang],
              deputy: row.away.deputy?.[lang] ?? null,
            },
            load: presentLoad(row.load),
          })),
        };
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/posts/{post}/leave',
    who: 'officer',
    summary: 'Leave for the holder of a post below; the deputy’s time ends by itself',
    status: 201,
    body: leaveForm,
    answer: z.object({ post: z.uuid() }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const post = idOf(call, 'post');
      await actsOnce(
        call,
        'posts.grant-leave',
        async (a) => void (await grantLeaveOf(a, { ...call.body, post })),
        async () => undefined,
      );
      return { post };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/posts/{post}/leave/end',
    who: 'officer',
    summary: 'End the leave of a post below, or call it off: the officer holds it again at once',
    status: 200,
    answer: z.object({ post: z.uuid() }),
    refuses: [403],
    repeats: 'key',
    answers: async (call) => {
      const post = idOf(call, 'post');
      await actsOnce(
        call,
        'posts.end-leave',
        (a) => endLeaveOf(a, post),
        async () => undefined,
      );
      return { post };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/posts/{post}/move-files',
    who: 'officer',
    summary: 'Send several files to a post with one reason; either all go or none',
    status: 200,
    body: moveFilesForm.omit({ to_post: true }),
    answer: z.object({ moved: z.int() }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const to_post = idOf(call, 'post');
      await actsOnce(
        call,
        'casework.move-files',
        async (a) => void (await moveFiles(a, { ...call.body, to_post })),
        async () => undefined,
      );
      return { moved: new Set(call.body.numbers).size };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/transfer-orders',
    who: 'officer',
    summary: 'Post an officer below elsewhere, with every post of the order and its successor',
    status: 201,
    body: transferForm,
    answer: z.object({ officer: z.uuid() }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      await actsOnce(
        call,
        'posts.order-transfer',
        async (a) => void (await orderTransferOf(a, call.body)),
        async () => undefined,
      );
      return { officer: call.body.officer };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/charges',
    who: 'officer',
    summary: 'The charges that the caller gives or takes, and what still has to be signed',
    status: 200,
    answer: z.object({ items: z.array(charge) }),
    answers: (call) =>
      reads(call, 'posts.read-charges', async (r) => ({
        items: (await chargesOf(r)).map((one) => presentCharge(one, call.lang)),
      })),
  }),
  endpoint({
    method: 'POST',
    path: '/charges/{transfer}/{post}',
    who: 'officer',
    summary: 'Sign for the charge of a post: what lies on it now is written down',
    status: 201,
    body: chargeForm,
    answer: z.object({ transfer: z.uuid(), post: z.uuid() }),
    refuses: [409],
    repeats: 'key',
    answers: async (call) => {
      const [transfer, post] = [idOf(call, 'transfer'), idOf(call, 'post')];
      await actsOnce(
        call,
        'posts.sign-charge',
        async (a) => void (await signCharge(a, { transfer, post, note: call.body.note })),
        async () => undefined,
      );
      return { transfer, post };
    },
  }),
];
