// Officers over the API: who they are, what lies on their desk, one file and its steps, what has come up to them.
import { z } from 'zod';
import { type Reading, refuse } from '#foundation';
import {
  DECISION_KINDS,
  fileAfter,
  type FileView,
  handOverDesk,
  handOverForm,
  openIdentityOf,
  readFile,
  STEP_NAMES,
  STEPS,
  stepForm,
  takeStep,
} from '#casework';
import { acknowledge, acknowledgeForm, attentionOf } from '#deadlines';
import { exhibitsThere } from '#evidence';
import { asciiDigits } from '#law';
import { findHolder, findUnit, holdersOf, readPost } from '#posts';
import { openAgain, type Opened, purposeForm } from '#sealed-identity';
import type { Lang } from '#words';
import { decisionsFor } from '../../decisions-for.ts';
import { idOf } from './callbacks.ts';
import { presentMessages } from './correspondence.ts';
import { presentDocuments } from './documents.ts';
import { presentExhibits, presentVoices } from './evidence.ts';
import { actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { presentHearings } from './hearings.ts';
import { listQuery, partOf } from './lists.ts';
import { presentAttention, presentFile } from './present.ts';
import { Problem } from './problem.ts';
import * as shape from './shapes.ts';
import * as staff from './staff-shapes.ts';
import { iso, isoOrNull } from './time.ts';

/** The complaint number of the path, in either script; what is no number names nothing. */
export function numberOf(call: Pick<Call, 'params'>): string {
  const number = asciiDigits(call.params.number ?? '').replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(number)) throw new Problem('not-found');
  return number;
}

const presentIdentity = ({ purpose, until, identity }: Opened): z.input<typeof staff.identity> => ({
  purpose,
  until: iso(until),
  person: identity.person ? { ...identity.person } : null,
  contact: identity.contact ? { ...identity.contact } : null,
  address: identity.address ? { ...identity.address } : null,
  accused: identity.accused ? identity.accused.map((one) => ({ ...one })) : null,
});

// the file with what the rooms after casework keep of it
const presentWhole = async (r: Reading, view: FileView, lang: Lang): Promise<z.input<typeof staff.file>> => ({
  ...presentFile(view, lang),
  documents: await presentDocuments(r, view.file, lang),
  evidence: await presentExhibits(r, view),
  voices: await presentVoices(r, view),
  hearings: view.number && view.in_sight ? await presentHearings(r, view.number, lang) : [],
  messages: view.number && view.in_sight ? await presentMessages(r, view.number, lang) : [],
});

export const officers: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/me',
    who: 'officer',
    summary: 'Who is signed in, at which post, with which powers',
    status: 200,
    answer: staff.me,
    answers: (call) =>
      reads(call, 'posts.read-me', async (r) => {
        const { actor, lang } = call;
        const post = await readPost(r, actor.post);
        const holder = (await findHolder(r, actor.post)) ?? refuse('signed-out');
        const unit = (await findUnit(r, post.path)) ?? refuse('not-found');
        return {
          officer: { id: holder.officer, name: holder.name[lang], rank: holder.rank[lang] },
          post: { id: post.id, kind: post.kind, name: lang === 'hi' ? post.name_hi : post.name_en },
          unit: { path: unit.path, name: lang === 'hi' ? unit.name_hi : unit.name_en, level: unit.level },
          powers: STEP_NAMES.filter((step) => STEPS[step].by.includes(post.kind)),
        };
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/files/{number}',
    who: 'officer',
    summary: 'A file as this post may see it; the identity stays sealed',
    status: 200,
    answer: staff.file,
    answers: async (call) =>
      reads(call, 'casework.read-file', async (r) => presentWhole(r, await readFile(r, numberOf(call)), call.lang), {
        note: 'inside',
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/steps',
    who: 'officer',
    summary: 'Take a step; answered with the file again',
    status: 200,
    body: stepForm,
    answer: staff.file,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      return actsOnce(
        call,
        'casework.take-step',
        async (a) => {
          if (call.body.step === 'submit-report') await exhibitsThere(a, number, call.body.exhibits ?? []);
          return presentWhole(a, await takeStep(a, number, call.body), call.lang);
        },
        async (a) => presentWhole(a, await fileAfter(a, number), call.lang),
      );
    },
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/identity',
    who: 'officer',
    summary:
      'Open the sealed identity for fifteen minutes; she sees that it happened, by which post and for what. 401 confirm-yourself: show again who sits there; 409 second-post-needed: a second post has to agree',
    status: 200,
    body: purposeForm,
    answer: staff.identity,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      const { purpose } = call.body;
      const opened = await actsOnce(
        call,
        'identity.open-file',
        (a) => openIdentityOf(a, number, purpose),
        async (a) => (await openAgain(a, (await readFile(a, number)).file)) ?? openIdentityOf(a, number, purpose),
      );
      return presentIdentity(opened);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/attention',
    who: 'officer',
    summary: 'What has been raised to this post and not been acknowledged',
    status: 200,
    query: listQuery,
    answer: shape.listOf(staff.attention),
    answers: async (call) => {
      const part = partOf(await reads(call, 'deadlines.list-attention', attentionOf), ({ id }) => id, call.query);
      return { items: part.items.map((row) => presentAttention(row, call.lang)), next: part.next };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/decisions',
    who: 'officer',
    summary:
      'The files below this post that ask for a decision today, the most urgent first, with how many of each kind',
    status: 200,
    query: z.object({ kind: z.enum(DECISION_KINDS).optional() }),
    answer: staff.decisions,
    answers: async (call) => {
      const { unit } = call.actor;
      const { decisions, all, calls } = await reads(call, 'casework.list-decisions', (r) => decisionsFor(r, unit));
      const { kind } = call.query;
      return {
        all,
        calls_late: calls.map(({ post_name, n, since }) => ({ post: post_name[call.lang], n, since: iso(since) })),
        kinds: Object.fromEntries(
          DECISION_KINDS.map((one) => [one, decisions.filter(({ kinds }) => kinds.includes(one)).length]),
        ),
        items: decisions
          .filter(({ kinds }) => !kind || kinds.includes(kind))
          .map(({ number, kinds, post_name, path, due_at, due_kind, last_at }) => ({
            number,
            kinds,
            post: post_name[call.lang],
            unit: path,
            due_at: due_at ? iso(due_at) : null,
            limit: due_kind,
            last_at: iso(last_at),
          })),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/attention/{id}/acknowledge',
    who: 'officer',
    summary: 'Say that it was heard and what was done; it stops no clock',
    status: 200,
    body: acknowledgeForm,
    answer: z.object({ id: z.uuid(), acknowledged: z.literal(true) }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      await actsOnce(
        call,
        'deadlines.acknowledge',
        (a) => acknowledge(a, id, call.body.note),
        async () => undefined,
      );
      return { id, acknowledged: true as const };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/posts/{post}/hand-over',
    who: 'officer',
    summary: 'Hand a post over, or leave it vacant: files stay, sessions of the post end at once',
    status: 200,
    body: handOverForm,
    answer: z.object({ post: z.uuid(), holder: z.uuid().nullable() }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const post = idOf(call, 'post');
      const { to_officer } = call.body;
      await actsOnce(
        call,
        'posts.hand-over',
        (a) => handOverDesk(a, { ...call.body, post }),
        async () => undefined,
      );
      return { post, holder: to_officer };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/posts/{post}/holders',
    who: 'officer',
    summary: 'Everyone who has held a post, oldest first',
    status: 200,
    query: listQuery,
    answer: shape.listOf(staff.holder),
    answers: async (call) => {
      const post = idOf(call, 'post');
      const rows = await reads(call, 'posts.list-holders', async (r) => {
        await readPost(r, post);
        return holdersOf(r, post);
      });
      const part = partOf(rows, ({ from }) => iso(from), call.query);
      const { lang } = call;
      return {
        items: part.items.map((h) => ({
          officer: h.officer,
          name: h.name[lang],
          rank: h.rank[lang],
          from: iso(h.from),
          to: isoOrNull(h.to),
        })),
        next: part.next,
      };
    },
  }),
];
