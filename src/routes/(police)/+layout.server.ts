// What the frame of every officers' page shows: the post, its officer, and how much lies where.
import { lastCheck, READS_LEDGER, TOLD_OF_FAULTS } from '#audit';
import { gauges, lapsesHereCount, seesOperations, troubles } from '#operations';
import { read } from '#foundation';
import { queueCounts } from '#callback';
import {
  changesHere,
  chargesToSign,
  DESK_KINDS,
  deskCounts,
  KEEPS_DECOYS,
  lookUpSignCount,
  SCHEDULES_CHANGES,
} from '#casework';
import { waitingCount } from '#cctns';
import { clientsInTrouble } from '#clients';
import { concernsHereCount } from '#correspondence';
import { attentionCount } from '#deadlines';
import { deadCount, SEES_DEAD } from '#notify';
import { findHolder, postName, readPost, SUPERVISING } from '#posts';
import { secondsCount } from '#sealed-identity';
import { outagesHere, seesBoard } from '#sos';
import { markOf } from '../exporter.ts';
import { unsent } from '../unsent.ts';
import { SEES_CALLS } from './signed-in.ts';
import type { LayoutServerLoad } from './$types';

// whom a missing backup can come up to
const KEEPS_RUNNING: readonly string[] = ['administrator', ...SUPERVISING];
// where a woman who comes herself is confirmed
const AT_A_DESK = ['help-desk', 'io', 'sho'];

export const load: LayoutServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { staff, lang, mode, request_id } = locals;
  const frame = { lang, practice: mode === 'sandbox', path: url.pathname };
  if (!staff) return { ...frame, who: null, find: null, places: [], changes: [], printed: null };
  const { post_kind } = staff;
  const hasDesk = (DESK_KINDS as readonly string[]).includes(post_kind);
  const seesCalls = SEES_CALLS.includes(post_kind);
  const seen = await read(
    staff,
    'posts.read-me',
    // asked together: a page of figures waits longer for ways than for answers
    async (r) => {
      const [
        post,
        holder,
        desk,
        calls,
        attention,
        outages,
        dead,
        changes,
        apps,
        unknown,
        measured,
        second,
        to_sign,
        log,
      ] = await Promise.all([
        readPost(r, staff.post),
        findHolder(r, staff.post),
        hasDesk ? deskCounts(r) : null,
        seesCalls ? queueCounts(r) : null,
        // what she raised past a desk is attention too, with a list of its own
        post_kind === 'callback'
          ? null
          : Promise.all([
              attentionCount(r),
              concernsHereCount(r),
              lookUpSignCount(r),
              // who keeps the house running, and whoever stands above
              KEEPS_RUNNING.includes(post_kind) ? lapsesHereCount(r) : 0,
            ]),
        seesBoard(post_kind) ? outagesHere(r) : [],
        SEES_DEAD.includes(post_kind) ? deadCount(r) : null,
        hasDesk ? changesHere(r) : [],
        post_kind === 'administrator' ? clientsInTrouble(r) : null,
        post_kind === 'administrator' ? waitingCount(r) : null,
        post_kind === 'administrator' ? gauges(r) : null,
        secondsCount(r),
        hasDesk ? chargesToSign(r) : 0,
        // what a check of the log found wrong
        TOLD_OF_FAULTS.includes(post_kind) ? lastCheck(r) : undefined,
      ]);
      return {
        post,
        now: r.now,
        holder,
        desk,
        calls,
        attention: attention?.reduce((sum, n) => sum + n, 0) ?? null,
        lapses: attention?.[3] ?? 0,
        missing: outages.length,
        dead,
        changes,
        apps,
        unknown,
        amiss: measured && troubles(measured).length,
        second,
        to_sign,
        log_faults: log?.faults ?? 0,
      };
    },
    { request_id },
  );
  const { desk, calls, attention, dead, changes, holder, to_sign } = seen;
  const places = [
    ...(desk ? [{ href: '/desk', name: 'desk' as const, ...desk }] : []),
    ...(calls ? [{ href: '/callbacks', name: 'calls' as const, ...calls }] : []),
    ...(AT_A_DESK.includes(post_kind) ? [{ href: '/confirm', name: 'confirm' as const, late: 0, open: 0 }] : []),
    ...(hasDesk ? [{ href: '/calendar', name: 'calendar' as const, late: 0, open: 0 }] : []),
    ...((SUPERVISING as readonly string[]).includes(post_kind) || to_sign > 0
      ? [{ href: '/posts', name: 'posts' as const, late: to_sign, open: 0 }]
      : []),
    ...((SUPERVISING as readonly string[]).includes(post_kind)
      ? [{ href: '/watch', name: 'watch' as const, late: 0, open: 0 }]
      : []),
    ...(READS_LEDGER.includes(post_kind) || seen.log_faults > 0
      ? [{ href: '/ledger', name: 'ledger' as const, late: seen.log_faults, open: 0 }]
      : []),
    ...(KEEPS_DECOYS.includes(post_kind) ? [{ href: '/decoys', name: 'decoys' as const, late: 0, open: 0 }] : []),
    ...(attention === null ? [] : [{ href: '/attention', name: 'attention' as const, late: attention, open: 0 }]),
    ...(hasDesk || seesBoard(post_kind) || seen.second > 0
      ? [{ href: '/second', name: 'second' as const, late: seen.second, open: 0 }]
      : []),
    ...(seesBoard(post_kind) ? [{ href: '/sos-board', name: 'board' as const, late: seen.missing, open: 0 }] : []),
    ...(seesBoard(post_kind) ? [{ href: '/rapid-response', name: 'rapid' as const, late: 0, open: 0 }] : []),
    ...(dead ? [{ href: '/dead-letters', name: 'dead-letters' as const, ...dead }] : []),
    ...(hasDesk ? [{ href: '/search', name: 'search' as const, late: 0, open: 0 }] : []),
    { href: '/law', name: 'law' as const, late: 0, open: 0 },
    ...(changes.length > 0 || SCHEDULES_CHANGES.includes(post_kind)
      ? [{ href: '/changes', name: 'changes' as const, late: 0, open: Math.max(0, ...changes.map(({ mine }) => mine)) }]
      : []),
    // an address that is no longer called waits for somebody to put it right
    ...(seen.apps === null ? [] : [{ href: '/admin/clients', name: 'admin' as const, late: seen.apps, open: 0 }]),
    ...(post_kind === 'administrator'
      ? [
          { href: '/admin/machines', name: 'machines' as const, late: 0, open: 0 },
          { href: '/admin/reviews', name: 'reviews' as const, late: 0, open: 0 },
        ]
      : []),
    // what nobody knows is counted all the same, so it is not late; it waits for somebody to say what it is
    ...(seen.unknown === null
      ? []
      : [{ href: '/admin/imports', name: 'imports' as const, late: 0, open: seen.unknown }]),
    // the head of a district and whoever stands above counts what came up to him; everything is counted when he looks
    ...(seesOperations(post_kind)
      ? [{ href: '/admin/operations', name: 'operations' as const, late: seen.amiss ?? seen.lapses, open: 0 }]
      : []),
    ...(post_kind === 'administrator' || mode === 'production'
      ? [{ href: '/enrol', name: 'enrol' as const, late: 0, open: 0 }]
      : []),
    ...(post_kind === 'administrator' || post_kind === 'auditor'
      ? [
          { href: '/admin/keys', name: 'keys' as const, late: 0, open: 0 },
          { href: '/admin/retention', name: 'retention' as const, late: 0, open: 0 },
        ]
      : []),
    ...(post_kind === 'administrator' || post_kind === 'state'
      ? [{ href: '/admin/peers', name: 'peers' as const, late: 0, open: 0 }]
      : []),
    ...(mode === 'sandbox' ? [{ href: '/sandbox', name: 'sandbox' as const, late: 0, open: 0 }] : []),
  ];
  const who = holder && { post: postName(seen.post), officer: holder.name, rank: holder.rank, since: holder.since };
  // the page of the search has a box of its own
  const find = hasDesk && url.pathname !== '/search' ? (url.searchParams.get('q') ?? '').slice(0, 100) : null;
  // what is printed says by whom and when, and under which mark the ledger has the request
  const printed = { at: seen.now, mark: markOf(request_id) };
  return unsent({ ...frame, who: who ?? null, places, find, changes, printed });
};
