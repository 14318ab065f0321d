// The desk of a post calculated a second time, from whole files, without lines or indexes: the oracle of casework/desk.test.ts.
import type { TestHouse } from './house.ts';

/** The facts of the naive calculation: whole rows, no index, no line. */
export type Fact = {
  number: string;
  state: string;
  post: string;
  kind: string;
  path: string;
  submitted: number;
  since: number;
  due: number | null;
  due_kind: string | null;
  /** the earliest limit that runs and that is the police’s own, whichever it is */
  first: number;
  child: boolean;
  fir: boolean;
  waits: boolean;
  categories: string[];
  sections: { act: string; section: string }[];
};
const OPEN = [
  'confirmed',
  'received',
  'signed',
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
  'transferred',
];
const CLOCK: Record<string, string> = {
  confirmed: 'efir_sign',
  received: 'efir_sign',
  investigating: 'investigation_two_months',
};
CLOCK.refused = 'refusal_to_sp';
CLOCK['report-submitted'] = CLOCK['report-approved'] = 'investigation_two_months';

/** Every file with its clocks, seen by the superuser. */
export async function factsOf(h: Pick<TestHouse, 'sql'>): Promise<Fact[]> {
  const files = await h.sql<
    Fact & { id: string }
  >(`select f.id, f.number, f.state, f.desk_post as post, p.kind, p.path::text, f.child, f.categories,
      extract(epoch from f.submitted_at)::float8 * 1000 as submitted, extract(epoch from f.desk_since)::float8 * 1000 as since,
      f.fir_number is not null as fir, f.sections
    from casework.file f join posts.post p on p.id = f.desk_post where f.number is not null`);
  const clocks = await h.sql<{ file: string; rule: string; kind: string; ours: boolean; due: number }>(
    `select file, rule, kind, responsible in ('police', 'callback-desk', 'supervisor') as ours, extract(epoch from due_at)::float8 * 1000 as due from deadlines.deadline where stopped_at is null`,
  );
  const waits = new Set(
    (
      await h.sql<{ file: string }>(`select file from deadlines.delay where kind not in ('other', 'officer-changed')`)
    ).map((d) => d.file),
  );
  return files.map((file) => {
    const clock = clocks.find((c) => c.file === file.id && c.rule === CLOCK[file.state]);
    return {
      ...file,
      due: clock?.due ?? null,
      due_kind: clock?.kind ?? null,
      first: Math.min(...clocks.flatMap((c) => (c.file === file.id && c.ours ? [c.due] : []))),
      waits: waits.has(file.id) && file.state === 'investigating',
    };
  });
}

const DAY = 86_400_000;
const istMidnight = (ms: number) => Math.floor((ms + 5.5 * 3_600_000) / DAY) * DAY - 5.5 * 3_600_000;
const WAITING_STATES = [
  'confirmed',
  'received',
  'signed',
  'report-submitted',
  'report-approved',
  'transferred',
  'refused',
];

/** Which files a desk shows and under which group, said over again. */
export function naive(
  all: Fact[],
  me: { post: string; kind: string; path: string },
  now: number,
): (Fact & { group: string })[] {
  const here = all.filter((f) => {
    // whoever stands above the officer in charge decides about a refusal that lies there
    if (f.post === me.post)
      return OPEN.includes(f.state) || (f.state === 'refused' && !['sho', 'io', 'help-desk'].includes(me.kind));
    if (me.kind !== 'sho' || !(f.path === me.path || f.path.startsWith(`${me.path}.`))) return false;
    return f.state === 'signed' || (f.state === 'investigating' && f.kind === 'help-desk' && f.path === me.path);
  });
  const under = me.kind === 'io' || me.kind === 'help-desk';
  return here.map((f) => {
    const for_sho = ['signed', 'report-approved'].includes(f.state);
    const group =
      f.first < now || (f.due !== null && f.due < now)
        ? 'late'
        : f.due !== null && f.due < istMidnight(now) + 8 * DAY
          ? 'week'
          : (WAITING_STATES.includes(f.state) && !(for_sho && under)) || f.since >= istMidnight(now)
            ? 'new'
            : f.state === 'forwarded' || (for_sho && under) || f.waits
              ? 'others'
              : 'rest';
    return { ...f, group };
  });
}

const GROUPS = ['late', 'week', 'new', 'others', 'rest'];
/** Whether a filter of the desk shows it. */
export const isShown = (f: Fact & { group: string }, show: string) =>
  show === 'all' ||
  f.group === show ||
  (show === 'law' && f.due_kind === 'law') ||
  (show === 'child' && f.child) ||
  (show === 'no-fir' && !f.fir);
export const ORDERS: Record<string, (f: Fact & { group: string }) => (number | string)[]> = {
  urgency: (f) => [GROUPS.indexOf(f.group), f.due ?? Number.POSITIVE_INFINITY, f.submitted, f.number],
  due: (f) => [f.due ?? Number.POSITIVE_INFINITY, f.submitted, f.number],
  arrived: (f) => [-f.since, -Number(f.number)],
  age: (f) => [f.submitted, f.number],
};
/** Compares by one key after the other. */
export function byKey(key: (f: Fact & { group: string }) => (number | string)[]) {
  return (a: Fact & { group: string }, b: Fact & { group: string }): number => {
    const [x, y] = [key(a), key(b)];
    for (const [at, one] of x.entries()) if (one !== y[at]) return one < (y[at] ?? 0) ? -1 : 1;
    return 0;
  };
}
