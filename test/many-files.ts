// Many files at once, by SQL, with their stays and clocks, for tests and benches of lists: what they say is drawn from a seed, not from cases.
import type pg from 'pg';

type Client = Pick<pg.Client, 'query'>;
/** Where they lie and how many; `from`: the first number, so that a second round adds to the first. */
export type Many = {
  from: number;
  many: number;
  desks: readonly string[];
  now: string;
  /** files alone, without stays and clocks: only where the triggers are off */
  bare?: boolean;
};

// what is drawn, by place: a hash of the number, so that the same call makes the same files
const DRAWN = `
  select n, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, lpad((100000000000 + n)::text, 12, '0') as number,
    (hashint8(n * 7 + 1) & 65535) as a, (hashint8(n * 7 + 2) & 65535) as b, (hashint8(n * 7 + 3) & 65535) as c,
    (hashint8(n * 7 + 4) & 65535) as d, ($3::uuid[])[1 + n % cardinality($3::uuid[])] as post
  from generate_series($1::bigint, $1::bigint + $2::bigint - 1) n`;
const STATES = `array['confirmed','received','signed','investigating','investigating','investigating','investigating','report-submitted','report-approved','forwarded','closed','refused']`;
const CATEGORIES = `array['rape','molestation','stalking','voyeurism','cyber','domestic_cruelty','dowry','kidnapping','child','workplace']`;
const PLACES = `array['home','public','workplace','school','transport','online','other']`;
const SECTIONS = `array['64(1)','64(2)(m)','74','75(2)','76','78(2)','79','85','65(1)','70(1)']`;

/**
 * Writes so many files. Triggers do what they do: every file gets its line. With them switched off (`set session_replication_role`) the
 * lines have to be written afterwards.
 */
export async function writeMany(sql: Client, { from, many, desks, now, bare }: Many): Promise<void> {
  const given = [from, many, desks];
  await sql.query('begin');
  await sql.query(
    `insert into casework.file (id, number, state, district, station, station_path, register_year, register_serial, desk_post, desk_path, desk_since,
       child, categories, happened, language, channel, account_kind, phrase, submitted_at, confirmed_at, received_at, fir_number, fir_year,
       recorded_at, offence_on, sections, closed_at, outcome)
     select m.id, number, state, ext.subpath(p.path, 0, 3), p.unit, p.path, 2025, n, post, p.path, sent + (now - sent) * (c / 65536.0),
       b % 9 = 0, array[(${CATEGORIES})[1 + b % 10]], jsonb_build_object('from', null, 'to', null, 'precision', 'day',
         'place_type', (${PLACES})[1 + c % 7], 'accused', 1, 'accused_police', false, 'reported_for_her', false),
       'hi', 'web', 'text', '\\x00', sent, sent, case when state <> 'confirmed' then sent end,
       case when has_fir then n::text end, case when has_fir then 2026 end, case when has_fir then sent end, case when has_fir then (sent at time zone 'Asia/Kolkata')::date end,
       case when has_fir then jsonb_build_array(jsonb_build_object('act', 'BNS', 'section', (${SECTIONS})[1 + d % 10])) else '[]' end,
       case when state = 'closed' then now end, case when state = 'closed' then 'convicted' end
     from (select m.*, (${STATES})[1 + a % 12] as state, $4::timestamptz as now,
         $4::timestamptz - make_interval(secs => (1 + b) * 100) as sent from (${DRAWN}) m) m
       join posts.post p on p.id = m.post,
       lateral (select state in ('investigating', 'report-submitted', 'report-approved', 'forwarded', 'closed') as has_fir) h`,
    [...given, now],
  );
  if (bare) {
    await sql.query('commit');
    return;
  }
  await sql.query(
    `insert into casework.stay (file, n, post, from_at, reason) select f.id, 1, m.post, f.submitted_at, 'filed' from (${DRAWN}) m join casework.file f on f.id = m.id`,
    given,
  );
  await sql.query(
    `insert into deadlines.deadline (id, file, rule, kind, basis, authority, responsible, hers, started_at, due_at, due_on, stops_on, steps)
     select gen_random_uuid(), f.id, r.rule, r.kind, 'express', 'BNSS 193(2)', 'police', true, f.submitted_at, (due_on + 1)::timestamp at time zone 'Asia/Kolkata' - interval '1 millisecond',
       due_on, r.stops, '[]'
     from (${DRAWN}) m join casework.file f on f.id = m.id
     cross join (values ('efir_sign', 'law', 'signed', 3), ('investigation_two_months', 'law', 'report-forwarded', 61), ('progress_90d', 'police-target', 'progress-told', 90)) r (rule, kind, stops, days),
     lateral (select (f.submitted_at at time zone 'Asia/Kolkata')::date + r.days + d % 3 as due_on) d
     where (r.rule <> 'investigation_two_months' or f.fir_number is not null) and (d + r.days) % 10 > 0`,
    given,
  );
  await sql.query('commit');
}
