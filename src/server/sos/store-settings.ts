// The SQL of what is decided of the service: how many vehicles, who answers for a part. Only the schema `sos`.
import { sql } from 'kysely';
import type { Act } from '#foundation';
import { type From, rowsOf } from './rows.ts';
import type { Kind } from './rules.ts';
import type { Held, Want } from './settings-rules.ts';
import type { Part } from './store-watch.ts';

type At = Temporal.Instant;

/** Whoever decides of the same matter at once waits for his turn. */
export const takeTurn = (h: Act, about: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`sos-settings ${about}`}, 0))`.execute(h.db);

export type WantRow = Want & { kind: Kind; area: string };
export const wants = (r: From) =>
  rowsOf(
    r,
    sql<WantRow>`select kind, area::text as area, vehicles, reserve, unknown_share as share, unknown_least as least from sos.want order by area, array_position('{alarm,silent,duress}', kind)`,
  );
export const ownWant = (h: From, kind: Kind, area: string): Promise<Want | null> =>
  rowsOf(
    h,
    sql<Want>`select vehicles, reserve, unknown_share as share, unknown_least as least from sos.want where kind = ${kind} and area = ${area}::ltree`,
  ).then(([row]) => row ?? null);
export const setWant = (h: Act, kind: Kind, area: string, to: Want | null) =>
  (to === null
    ? sql`delete from sos.want where kind = ${kind} and area = ${area}::ltree`
    : sql`insert into sos.want (kind, area, vehicles, reserve, unknown_share, unknown_least)
        values (${kind}, ${area}::ltree, ${to.vehicles}, ${to.reserve}, ${to.share}, ${to.least})
        on conflict (kind, area) do update set vehicles = excluded.vehicles, reserve = excluded.reserve,
          unknown_share = excluded.unknown_share, unknown_least = excluded.unknown_least`
  ).execute(h.db);

type By = { id: string; post: string; officer: string; reason: string };
export const addWantChange = (
  h: Act,
  by: By,
  { kind, area, to, was }: { kind: Kind; area: string; to: Want | null; was: Want | null },
) =>
  sql`insert into sos.want_change
      (id, kind, area, vehicles, reserve, share, least, was_vehicles, was_reserve, was_share, was_least, at, post, officer, reason)
    values (${by.id}, ${kind}, ${area}::ltree, ${to?.vehicles ?? null}, ${to?.reserve ?? null}, ${to?.share ?? null}, ${to?.least ?? null},
      ${was?.vehicles ?? null}, ${was?.reserve ?? null}, ${was?.share ?? null}, ${was?.least ?? null}, ${h.now}, ${by.post}, ${by.officer}, ${by.reason})`.execute(
    h.db,
  );

export type PartHeld = Held & { part: Part; unit: string };
export const partsHeld = (r: From) =>
  rowsOf(r, sql<PartHeld>`select part, unit::text as unit, owner, minimum from sos.part order by unit, part`);
/** A part in the sight of whoever asks. */
export const partHeld = (r: From, part: Part, unit: string): Promise<PartHeld | undefined> =>
  partsHeld(r).then((rows) => rows.find((row) => row.part === part && row.unit === unit));
export const setPart = (h: Act, { part, unit, minimum, owner }: PartHeld) =>
  sql`update sos.part set minimum = ${minimum}, owner = ${owner} where part = ${part} and unit = ${unit}::ltree`.execute(
    h.db,
  );
export const addPartChange = (h: Act, by: By, to: PartHeld, was: Held) =>
  sql`insert into sos.part_change (id, part, unit, minimum, owner, was_minimum, was_owner, at, post, officer, reason)
    values (${by.id}, ${to.part}, ${to.unit}::ltree, ${to.minimum}, ${to.owner}, ${was.minimum}, ${was.owner}, ${h.now}, ${by.post}, ${by.officer},
      ${by.reason})`.execute(h.db);

export type Answerable = { id: string; kind: string; path: string; name_hi: string; name_en: string; vacant: boolean };
/** The posts of a unit and below that can answer for a part. */
export const answerable = (h: From, unit: string) =>
  rowsOf(h, sql<Answerable>`select * from sos.answerable(${unit}::ltree)`);

export type ChangeRow = { id: string; at: At; post: string; reason: string } & (
  | { about: 'want'; kind: Kind; unit: string; to: Want | null; was: Want | null }
  | { about: 'part'; part: Part; unit: string; to: Held; was: Held }
);
type Row = { id: string; at: At; post: string; reason: string; unit: string };
type WantChangeRow = Row & { kind: Kind; to: Want | null; was: Want | null };
type PartChangeRow = Row & { part: Part; minimum: number; owner: string; was_minimum: number; was_owner: string };
const MOST = 100;
/** What was decided, the newest first, as far as it is in sight. */
export async function changes(r: From): Promise<ChangeRow[]> {
  const ofWants = await rowsOf(
    r,
    // share and number were the same everywhere until they could be decided (0168, 0175)
    sql<WantChangeRow>`select id, at, post, reason, area::text as unit, kind,
        case when vehicles is not null then json_build_object('vehicles', vehicles, 'reserve', reserve, 'share', coalesce(share, 50),
          'least', coalesce(least, 3)) end as "to",
        case when was_vehicles is not null then json_build_object('vehicles', was_vehicles, 'reserve', was_reserve, 'share', coalesce(was_share, 50),
          'least', coalesce(was_least, 3)) end as was
      from sos.want_change order by at desc, id desc limit ${MOST}`,
  );
  const ofParts = await rowsOf(
    r,
    sql<PartChangeRow>`select id, at, post, reason, unit::text as unit, part, minimum, owner, was_minimum, was_owner
      from sos.part_change order by at desc, id desc limit ${MOST}`,
  );
  const base = ({ id, at, post, reason, unit }: Row) => ({ id, at, post, reason, unit });
  return [
    ...ofWants.map((row) => ({
      ...base(row),
      about: 'want' as const,
      kind: row.kind,
      to: row.to,
      was: row.was,
    })),
    ...ofParts.map((row) => ({
      ...base(row),
      about: 'part' as const,
      part: row.part,
      to: { minimum: row.minimum, owner: row.owner },
      was: { minimum: row.was_minimum, owner: row.was_owner },
    })),
  ]
    .sort((x, y) => Temporal.Instant.compare(y.at, x.at))
    .slice(0, MOST);
}
