// The SQL of what is known of places, pieces of sections, columns and published figures.
import { sql } from 'kysely';
import { type Act, json, newId, type Reading } from '#foundation';
import type { Place } from './directory.ts';
import type { Mapping } from './mapping.ts';
import { type Balance, type MappingTable, UNIT_SEPARATOR, type Unread } from './store.ts';

type From = Pick<Reading, 'db'>;

/** Places are kept as they are met; one that is there stays as it is. */
export const addPlaces = (h: Act, places: readonly Place[]) =>
  places.length === 0
    ? undefined
    : sql`insert into cctns.place (path, level, name_hi, name_en, lgd, known, seen_at)
        select path::ext.ltree, level, name_hi, name_en, lgd, known, ${h.now} from json_to_recordset(${JSON.stringify(places)}::json)
        as x(path text, level text, name_hi text, name_en text, lgd int, known boolean) on conflict do nothing`.execute(
        h.db,
      );
export const knownPlaceCount = async (r: From): Promise<number> =>
  Number(
    (
      await r.db
        .selectFrom('cctns.place')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .where('known', '=', true)
        .executeTakeFirst()
    )?.n ?? 0,
  );
export const decidedPlaces = (r: From) =>
  r.db.selectFrom('cctns.place').select(['path', 'becomes']).where('becomes', 'is not', null).execute();
/** Places that wait, the ones with the most FIRs first, each with how many. */
export async function openPlaces(r: From, under: string, most: number) {
  const { rows } = await sql<
    Pick<Place, 'path' | 'level' | 'name_hi'> & {
      firs: number;
      above_hi: string | null;
      above_en: string | null;
      n: number;
    }
  >`
    select p.path::text as path, p.level, p.name_hi, cctns.firs_at(p.path) as firs, (count(*) over ())::int as n,
      a.hi as above_hi, a.en as above_en
    from cctns.place p left join lateral (
      select string_agg(x.name_hi, ' · ' order by ext.nlevel(x.path)) as hi, string_agg(x.name_en, ' · ' order by ext.nlevel(x.path)) as en
      from cctns.place x where x.path operator(ext.@>) p.path and x.path <> p.path) a on true
    where not p.known and p.becomes is null and p.path operator(ext.<@) ${under}::ext.ltree
    order by p.path = ${under}::ext.ltree desc, 4 desc, p.path limit ${most}`.execute(r.db);
  return rows;
}
/** @returns how many rows went with it; undefined where there was nothing to decide */
export async function decidePlace(h: Act, path: string, is: string, by: string): Promise<number | undefined> {
  const { rows } = await sql<{ n: number | null }>`
    select cctns.decide_place(${path}::ext.ltree, ${is}::ext.ltree, ${by}) as n`.execute(h.db);
  return rows[0]?.n ?? undefined;
}
/** Units of a level straight under another or deeper: those of the house, and known places of the figures that the house does not have. */
export async function unitsLike(r: From, above: string, level: string) {
  const { rows } = await sql<{ path: string; name_hi: string; name_en: string }>`
    select path::text as path, name_hi, name_en from cctns.units_like(${above}::ext.ltree, ${level}) order by name_en`.execute(
    r.db,
  );
  return rows;
}
export async function countWaiting(r: From, under: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select (
      (select count(*) from cctns.place where not known and becomes is null and path operator(ext.<@) ${under}::ext.ltree)
      + (select count(*) from cctns.unread where means is null))::int as n`.execute(r.db);
  return rows[0]?.n ?? 0;
}
export const placeByPath = (r: From, path: string) =>
  r.db
    .selectFrom('cctns.place')
    .select(['path', 'level', 'name_hi', 'name_en', 'known', 'becomes'])
    .where(sql`path::text`, '=', path)
    .executeTakeFirst();

export const addUnread = (h: Act, texts: readonly string[]) =>
  texts.length === 0
    ? undefined
    : sql`insert into cctns.unread (id, text, seen_at)
        select id, text, ${h.now} from json_to_recordset(${JSON.stringify(texts.map((text) => ({ id: newId(), text })))}::json) as x(id uuid, text text)
        on conflict do nothing`.execute(h.db);
export const decidedPieces = (r: From) =>
  r.db.selectFrom('cctns.unread').select(['text', 'means']).where('means', 'is not', null).execute();
export const unreadById = (h: Act, id: string): Promise<Unread | undefined> =>
  h.db.selectFrom('cctns.unread').selectAll().where('id', '=', id).executeTakeFirst();
export const decidePiece = (h: Act, id: string, means: string, by: string) =>
  h.db
    .updateTable('cctns.unread')
    .set({ means, decided_by: by, decided_at: h.now })
    .where('id', '=', id)
    .where('means', 'is', null)
    .execute();
/** Pieces that wait, the newest first, each with how many FIRs have it. */
export async function openPieces(r: From, most: number) {
  const { rows } = await sql<{ id: string; text: string; firs: number; n: number }>`
    select u.id, u.text, cctns.firs_with(u.text) as firs, (count(*) over ())::int as n from cctns.unread u
    where u.means is null order by 3 desc, u.text limit ${most}`.execute(r.db);
  return rows;
}
/** Rows that have this piece. */
export const firsWith = (h: Act, piece: string, most: number) =>
  h.db
    .selectFrom('cctns.fir')
    .select(['id', 'sections_text', 'recorded_at', 'offence_from'])
    .where(sql<boolean>`unread @> array[${piece}]`)
    .limit(most)
    .execute();
export async function reread(
  h: Act,
  rows: readonly { id: string; sections: string; unread: readonly string[]; two_month: boolean; basis: string }[],
) {
  const c = (of: (row: (typeof rows)[number]) => string) => rows.map(of).join(UNIT_SEPARATOR);
  await sql`select cctns.reread(${c((r) => r.id)}, ${c((r) => r.sections)}, ${c((r) => r.unread.join('\x1e'))},
    ${c((r) => (r.two_month ? 't' : 'f'))}, ${c((r) => r.basis)})`.execute(h.db);
}

/** The mapping of this name that counts now. */
export const mappingNamed = (r: From, name: string) =>
  r.db
    .selectFrom('cctns.mapping')
    .select(['n', 'says'])
    .where('name', '=', name)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
export const addMapping = (h: Act, row: Omit<MappingTable, 'id' | 'made_at' | 'says'> & { says: Mapping }) =>
  h.db
    .insertInto('cctns.mapping')
    .values({ ...row, id: newId(), made_at: h.now, says: json(row.says) as never })
    .execute();
export const mappingNames = async (r: From): Promise<string[]> =>
  (await r.db.selectFrom('cctns.mapping').select('name').distinct().orderBy('name').execute()).map(({ name }) => name);

/** Published figures are kept; one that is there under the same heading is put right. */
export const keepBalances = (h: Act, rows: readonly Omit<Balance, 'loaded_at'>[]) =>
  sql`insert into cctns.balance (series, unit, place_text, year, as_of, group_code, measure, value, source, note, loaded_at)
    select series, unit::ext.ltree, place_text, year, as_of, group_code, measure, value, source, note, ${h.now} from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(series text, unit text, place_text text, year int, as_of date, group_code text, measure text, value numeric, source text, note text)
    on conflict on constraint one_figure do update set value = excluded.value, note = excluded.note, loaded_at = excluded.loaded_at
    where (balance.value, balance.note) is distinct from (excluded.value, excluded.note)`.execute(h.db);
