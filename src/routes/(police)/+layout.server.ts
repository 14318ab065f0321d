// What the frame of every officers' page shows: the post, its officer, and how much lies where.
import { read } from '#foundation';
import { callbackQueue, type QueueRow } from '#callback';
import { DESK_KINDS, type DeskRow, onDesk } from '#casework';
import { type AttentionFacts, attentionOf } from '#deadlines';
import { findHolder, postName, readPost } from '#posts';
import type { LayoutServerLoad } from './$types';

// operators, their desk, and the posts above it that a call can come up to
const SEES_CALLS = ['callback', 'callback-desk', 'adcp-women', 'cp', 'sp', 'state', 'national'];

const isPast = (at: Temporal.Instant, now: Temporal.Instant) => Temporal.Instant.compare(at, now) < 0;

export const load: LayoutServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { staff, lang, mode, request_id } = locals;
  const frame = { lang, practice: mode === 'sandbox', path: url.pathname };
  const nothing = {
    who: null,
    find: null,
    rows: [] as DeskRow[],
    queue: [] as QueueRow[],
    attention: [] as AttentionFacts[],
  };
  if (!staff) return { ...frame, ...nothing, places: [], now: null };
  const { post_kind } = staff;
  const hasDesk = (DESK_KINDS as readonly string[]).includes(post_kind);
  const seesCalls = SEES_CALLS.includes(post_kind);
  const seen = await read(
    staff,
    'posts.read-me',
    async (r) => ({
      now: r.now,
      post: await readPost(r, staff.post),
      holder: await findHolder(r, staff.post),
      rows: hasDesk ? await onDesk(r) : [],
      queue: seesCalls ? await callbackQueue(r) : [],
      attention: await attentionOf(r),
    }),
    { request_id },
  );
  const { now, rows, queue, attention, holder } = seen;
  const places = [
    ...(hasDesk
      ? [
          {
            href: '/desk',
            name: 'desk' as const,
            late: rows.filter((row) => row.due && isPast(row.due.at, now)).length,
            open: rows.length,
          },
        ]
      : []),
    ...(seesCalls
      ? [
          {
            href: '/callbacks',
            name: 'calls' as const,
            late: queue.filter((call) => isPast(call.alarm_at, now)).length,
            open: queue.length,
          },
        ]
      : []),
    ...(post_kind === 'callback'
      ? []
      : [{ href: '/attention', name: 'attention' as const, late: attention.length, open: 0 }]),
    ...(post_kind === 'administrator' || mode === 'production'
      ? [{ href: '/enrol', name: 'enrol' as const, late: 0, open: 0 }]
      : []),
    ...(mode === 'sandbox' ? [{ href: '/sandbox', name: 'sandbox' as const, late: 0, open: 0 }] : []),
  ];
  const who = holder && { post: postName(seen.post), officer: holder.name, rank: holder.rank, since: holder.since };
  const find = hasDesk ? (url.searchParams.get('q') ?? '').slice(0, 40) : null;
  return { ...frame, who: who ?? null, places, find, rows, queue, attention, now };
};
