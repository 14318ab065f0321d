-- A house as its first migrations made it, with work in it: units, posts, officers, and $N complaints at different points of their way.
-- Written with the columns of that time; nothing here may be changed when tables change.
set search_path = ext;
insert into posts.unit (id, path, level, name_hi, name_en, valid_from)
select gen_random_uuid(), path::ltree, level, 'इकाई', 'unit', '2020-01-01' from (values
  ('in', 'nation'), ('in.up', 'state'), ('in.up.kanpur_nagar', 'commissionerate'), ('in.up.kanpur_nagar.west', 'zone'),
  ('in.up.kanpur_nagar.west.circle_12', 'circle'), ('in.up.kanpur_nagar.west.circle_12.kalyanpur', 'station')) u (path, level);
insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
select gen_random_uuid(), u.id, u.path, p.kind, 'पद', 'post', '2020-01-01' from (values
  ('in', 'national'), ('in.up', 'state'), ('in.up.kanpur_nagar', 'cp'), ('in.up.kanpur_nagar', 'adcp-women'), ('in.up.kanpur_nagar', 'callback-desk'),
  ('in.up.kanpur_nagar.west', 'dcp'), ('in.up.kanpur_nagar.west.circle_12', 'acp'), ('in.up.kanpur_nagar.west.circle_12.kalyanpur', 'sho'),
  ('in.up.kanpur_nagar.west.circle_12.kalyanpur', 'io')) p (path, kind) join posts.unit u on u.path = p.path::ltree;
insert into posts.officer (id, name_hi, name_en, rank_hi, rank_en, woman) select id, 'अधिकारी', 'officer', 'निरीक्षक', 'inspector', true from posts.post;
insert into posts.tenure (id, post, officer, from_at) select gen_random_uuid(), id, id, '2025-01-01' from posts.post;

create temp table early on commit drop as
  select n, gen_random_uuid() as id, timestamptz '2026-01-05 10:00+05:30' + n * interval '1 hour' as at, decode(lpad(to_hex(n), 32, '0'), 'hex') as salt,
    d.id as desk, d.path as desk_path, s.id as sho, s.path as sho_path, s.unit as station, i.id as io, n % 3 = 0 as recorded
  from generate_series(1, $N) n, posts.post d, posts.post s, posts.post i where d.kind = 'callback-desk' and s.kind = 'sho' and i.kind = 'io';
insert into intake.complaint (id, form_id, salt, receipt_lookup, language, channel, station_choice, district, categories, child, no_contact, phone_watched,
  mobile_shared, danger_now, account_kind, body_hash, notice_version, submitted_at)
select id, gen_random_uuid(), salt, salt, 'hi', 'web', 'any', 'in.up.kanpur_nagar', '{stalking}', false, false, false, false, false, 'text', salt, '2026-01', at from early;
insert into casework.file (id, state, district, desk_post, desk_path, desk_since, child, categories, happened, language, channel, account_kind, phrase, submitted_at,
  station, station_path, register_year, register_serial, number, confirmed_at, received_at, signed_at, fir_number, fir_year, recorded_at, offence_on, sections)
select id, case when recorded then 'investigating' else 'submitted' end, 'in.up.kanpur_nagar', case when recorded then io else desk end,
  case when recorded then sho_path else desk_path end, case when recorded then at + interval '2 days' else at end, false, '{stalking}',
  '{"precision": "unknown", "place_type": "public"}', 'hi', 'web', 'text', '\x00', at,
  case when recorded then station end, case when recorded then sho_path end, case when recorded then 2026 end, case when recorded then n end,
  case when recorded then lpad(n::text, 12, '0') end, case when recorded then at + interval '2 hours' end, case when recorded then at + interval '1 day' end,
  case when recorded then at + interval '1 day' end, case when recorded then n::text end, case when recorded then 2026 end,
  case when recorded then at + interval '2 days' end, case when recorded then at::date end,
  case when recorded then '[{"act": "BNS", "section": "78"}]'::jsonb else '[]' end from early;
insert into casework.stay (file, n, post, from_at, to_at, before_to, reason)
select id, 1, desk, at, case when recorded then at + interval '2 days' end, null, 'filed' from early
union all select id, 2, io, at + interval '2 days', null, at + interval '2 days', 'assign' from early where recorded;
insert into callback.promise (id, file, desk, desk_path, filed_at, due_at, alarm_at, windows, no_contact, language, urgent, decoy, mask, phrase, state, next_try_at, confirmed_at)
select gen_random_uuid(), id, desk, desk_path, at, at + interval '22 hours', at + interval '20 hours', '[]', false, 'hi', false, 'none', '\x00', '\x00',
  case when recorded then 'confirmed' else 'waiting' end, case when recorded then null else at end, case when recorded then at + interval '2 hours' end from early;
insert into sealed.case_key (subject, class, wrapped, made_at) select id, 'identity', salt, at from early;
insert into sealed.item (subject, class, field, version, sealed, sealed_at) select id, 'identity', 'name', 1, salt, at from early;
insert into deadlines.deadline (id, file, rule, kind, basis, authority, responsible, hers, ladder, started_at, due_at, due_on, stops_on, steps)
select gen_random_uuid(), id, 'investigation_two_months', 'law', 'express', 'BNSS 193(2)', 'io', true, null, at + interval '2 days',
  at + interval '2 days' + interval '2 months', (at + interval '2 days' + interval '2 months')::date, 'report-forwarded', '[]' from early where recorded;
insert into foundation.ledger (id, at, deed, actor_kind, subject) select gen_random_uuid(), at, 'intake.file', 'nobody', id from early;
