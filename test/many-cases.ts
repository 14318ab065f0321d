// A country's worth of cases for benches and pictures: units down to the stations, and facts told set-based, as an import tells them.
import type pg from 'pg';

/** How many registered cases of a hundred lie in which state: as the NCRB's table of 2023 has them, roughly. */
const WEIGHTS = `('in.up', 15), ('in.mh', 10), ('in.rj', 10), ('in.wb', 8), ('in.mp', 7), ('in.od', 6),
  ('in.tg', 5), ('in.br', 5), ('in.ap', 5), ('in.ka', 4), ('in.kl', 4), ('in.hr', 3), ('in.as', 3), ('in.dl', 3)`;

/**
 * Units of a country: every state gets districts, every district circles, every circle stations; those that are there stay.
 * @param districts per state (where there are none), circles per district, stations per circle
 */
export async function buildCountry(
  sql: pg.Client,
  districts: number,
  circles: number,
  stations: number,
): Promise<number> {
  const add = (from: string, n: number, level: string, name: string, word: string) =>
    sql.query(
      `insert into posts.unit (id, path, level, name_hi, name_en, sample, valid_from)
       select gen_random_uuid(), (u.path::text || $2 || i)::ext.ltree, $3, $4 || ' ' || i, $5 || ' ' || i, true, '2015-01-01'
       from posts.unit u cross join generate_series(1, $1::int) i where ${from}`,
      [n, `.${level.slice(0, 1)}`, level, word, name],
    );
  const childless = `not exists (select 1 from posts.unit c where c.path operator(ext.<@) u.path and c.path <> u.path)`;
  await add(`u.level = 'state' and ${childless}`, districts, 'district', 'District', 'जिला');
  await add(`u.level in ('district', 'commissionerate') and ${childless}`, circles, 'circle', 'Circle', 'सर्किल');
  await add(`u.level = 'circle' and ${childless}`, stations, 'station', 'Station', 'थाना');
  const { rows } = await sql.query<{ n: number }>(`select count(*)::int as n from posts.unit where level = 'station'`);
  return rows[0]?.n ?? 0;
}

/**
 * Tells so many cases, spread over six years and all stations. Three in five have the limit in law; most are done in time, some late, some not
 * at all; states differ. The same numbers give the same cases.
 * @param today the last day of recording
 */
export async function tellMany(sql: pg.Client, from: number, n: number, today: string): Promise<void> {
  await sql.query(
    `with station as materialized (
       select path, row_number() over (partition by subpath(path, 0, 2) order by path) as nth, count(*) over (partition by subpath(path, 0, 2)) as of_state,
         subpath(path, 0, 2) as state from (select path from posts.unit where level = 'station') s
     ), weight as (select s.state, s.of_state, coalesce(w.w, 0.55) as w from (select distinct state, of_state from station) s left join (values ${WEIGHTS}) w (state, w) on w.state::ltree = s.state
     ), share as (select state, of_state, sum(w) over (order by state) - w as lo, sum(w) over (order by state) as hi, sum(w) over () as all_ from weight
     ), drawn as (
       select i, hashint8extended(i, 1) & 1048575 as a, hashint8extended(i, 2) & 1048575 as b, hashint8extended(i, 3) & 1048575 as c,
         hashint8extended(i, 4) & 1048575 as d, hashint8extended(i, 5) & 1048575 as e from generate_series($1::bigint, $1::bigint + $2::bigint - 1) i
     ), placed as (
       select r.*, s.state, 1 + r.b % s.of_state as nth,
         55 + (hashtext(s.state::text) & 31) as good
       from drawn r join share s on r.a * s.all_ / 1048576.0 >= s.lo and r.a * s.all_ / 1048576.0 < s.hi
     ), dated as (
       select p.*, t.path, $3::date - (p.c * 2190 / 1048576)::int as recorded_on, p.d % 100 < 60 as law,
         (case when p.e % 100 < p.good then 5 + (p.d / 100) % 52 when p.e % 100 < 96 then 62 + (p.d / 100 * (1 + p.e % 3)) % 140 else 4000 end)::int as takes
       from placed p join station t on t.state = p.state and t.nth = p.nth
     )
     insert into published.case_fact (case_key, source, unit, groups, basis, recorded_on, due_on, first_on, forwarded_on, report_code, reopened)
     select path::text || '/' || extract(year from recorded_on)::int || '/N' || i, 'cctns', path,
       case when law then case when b % 3 = 0 then '{pocso,rape}' when b % 3 = 1 then '{pocso}' else '{rape}' end::text[]
         else case b % 4 when 0 then '{domestic}' when 1 then '{molestation}' when 2 then '{kidnapping}' else '{stalking}' end::text[] end,
       case when law then 'law' else 'target' end, recorded_on, published.due_on(recorded_on),
       case when recorded_on + takes <= $3::date then recorded_on + takes end, case when recorded_on + takes <= $3::date then recorded_on + takes end,
       case when recorded_on + takes <= $3::date then case when e % 20 = 0 then 'FR_FALSE' when e % 20 < 4 then 'FR_INSUFFICIENT_EVIDENCE' else 'CHARGE_SHEET' end end,
       case when e % 400 = 0 then 1 else 0 end
     from dated`,
    [from, n, today],
  );
}
