-- The same few lines of sections come again and again: each of them travels once a piece, and is read once, and a row says which is its own.
set search_path = ext;
drop function cctns.take(uuid, bigint, bigint, int, int, int, int, int, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, boolean, boolean);
-- One piece of a file. The arrays come as one text a column, joined by the unit separator; an empty element is null. `said`: for each row the
-- place of its line among `lists`, `texts`, `unreads`, `two` and `bases`.
create function cctns.take(of_batch uuid, from_byte bigint, to_byte bigint, to_line int, n_read int, n_rejected int, n_repaired int, n_same int,
  ids text, lines text, states text, districts text, stations text, units text, station_ids text, numbers text, years text, recorded text,
  froms text, tos text, said text, lists text, texts text, unreads text, two text, bases text, dues text, kinds text, report_days text, originals text,
  keep_report boolean, all_new boolean)
  returns table (added int, changed int, unchanged int)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
#variable_conflict use_column
declare
  s constant text := E'\x1f';
  at_instant timestamptz := foundation.now();
  n int := coalesce(array_length(string_to_array(ids, s), 1), 0);
  n_added int := 0; n_changed int := 0;
begin
  if not posts.is_house() then raise exception 'only the house takes in' using errcode = 'IT003'; end if;
  -- whoever has read up to the same byte before us has done this piece
  update cctns.batch b set at_byte = to_byte, at_line = to_line where b.id = of_batch and b.at_byte = from_byte and b.state = 'reading';
  if not found then raise exception 'this batch is read by somebody else' using errcode = 'IT011'; end if;
  -- a file of new numbers is the usual case, and asking about each of them costs a third of the whole: they go in unasked, and only where
  -- one of them is there already the piece begins again, asking
  if n > 0 and all_new then
    begin
      insert into cctns.fir (id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, sections,
        sections_text, unread, two_month, basis, due_on, report_kind, report_on, original, batch, complaint_file)
      select r.id, r.line, r.state, r.district, r.station, r.unit, r.fir_number, r.year, r.recorded_at, r.offence_from, r.offence_to, m.sections,
        coalesce(m.sections_text, ''), string_to_array(m.unread, E'\x1e'), m.two_month, m.basis, r.due_on, r.report_kind, r.report_on, r.original, of_batch,
        case when r.station_id is not null then (select f.id from casework.file f
          where f.station = r.station_id and f.fir_year = r.year and ltrim(f.fir_number, '0') = r.fir_number) end
      from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
        string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(station_ids, s, '')::uuid[], string_to_array(numbers, s),
        string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
        string_to_array(said, s)::int[], string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
        string_to_array(originals, s, '')::jsonb[])
        as r(id, line, state, district, station, unit, station_id, fir_number, year, recorded_at, offence_from, offence_to, said,
          due_on, report_kind, report_on, original)
      join unnest(string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
        string_to_array(bases, s)) with ordinality as m(sections, sections_text, unread, two_month, basis, nth) on m.nth = r.said;
      get diagnostics n_added = row_count;
    exception when unique_violation then n_added := 0;
    end;
  end if;
  if n > 0 and n_added = 0 then
    insert into cctns.fir (id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, sections,
      sections_text, unread, two_month, basis, due_on, report_kind, report_on, original, batch, complaint_file)
    select r.id, r.line, r.state, r.district, r.station, r.unit, r.fir_number, r.year, r.recorded_at, r.offence_from, r.offence_to, m.sections,
      coalesce(m.sections_text, ''), string_to_array(m.unread, E'\x1e'), m.two_month, m.basis, r.due_on, r.report_kind, r.report_on, r.original, of_batch,
      case when r.station_id is not null then (select f.id from casework.file f
        where f.station = r.station_id and f.fir_year = r.year and ltrim(f.fir_number, '0') = r.fir_number) end
    from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
      string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(station_ids, s, '')::uuid[], string_to_array(numbers, s),
      string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
      string_to_array(said, s)::int[], string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
      string_to_array(originals, s, '')::jsonb[])
      as r(id, line, state, district, station, unit, station_id, fir_number, year, recorded_at, offence_from, offence_to, said,
        due_on, report_kind, report_on, original)
    join unnest(string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
      string_to_array(bases, s)) with ordinality as m(sections, sections_text, unread, two_month, basis, nth) on m.nth = r.said
    on conflict on constraint one_row_a_number do nothing;
    get diagnostics n_added = row_count;
  end if;
  if n_added < n then
    with r as materialized (
      select * from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
        string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(numbers, s),
        string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
        string_to_array(said, s)::int[], string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
        string_to_array(originals, s, '')::jsonb[])
        as x(id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, said,
          due_on, report_kind, report_on, original)
      join unnest(string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
        string_to_array(bases, s)) with ordinality as m(sections, sections_text, unread, two_month, basis, nth) on m.nth = x.said
    ), other as materialized (
      select f.id, f.version, to_jsonb(f) as was, r.line, r.state, r.district, r.station, r.recorded_at, r.offence_from, r.offence_to, r.sections,
        coalesce(r.sections_text, '') as sections_text, string_to_array(r.unread, E'\x1e') as unread, r.two_month, r.basis, r.due_on,
        case when keep_report then f.report_kind else r.report_kind end as report_kind,
        case when keep_report then f.report_on else r.report_on end as report_on, r.original
      from r join cctns.fir f on f.unit = r.unit and f.year = r.year and f.fir_number = r.fir_number
      where f.id <> r.id and (f.recorded_at, f.offence_from, f.offence_to, f.sections, f.unread, f.basis, f.due_on)
          is distinct from (r.recorded_at, r.offence_from, r.offence_to, r.sections, string_to_array(r.unread, E'\x1e'), r.basis, r.due_on)
        or f.id <> r.id and not keep_report and (f.report_kind, f.report_on) is distinct from (r.report_kind, r.report_on)
      for update of f
    ), kept as (
      insert into cctns.fir_history (fir, version, at, batch, why, was) select o.id, o.version, at_instant, of_batch, 'corrected', o.was from other o
    )
    update cctns.fir f set state = o.state, district = o.district, station = o.station, recorded_at = o.recorded_at,
      offence_from = o.offence_from, offence_to = o.offence_to, sections = o.sections, sections_text = o.sections_text, unread = o.unread,
      two_month = o.two_month, basis = o.basis, due_on = o.due_on, report_kind = o.report_kind, report_on = o.report_on,
      original = o.original, version = f.version + 1, batch = of_batch, line = o.line
    from other o where o.id = f.id;
    get diagnostics n_changed = row_count;
  end if;
  added := n_added; changed := n_changed; unchanged := n - n_added - n_changed + n_same;
  update cctns.batch b set read = b.read + n_read, added = b.added + n_added, changed = b.changed + n_changed, unchanged = b.unchanged + n - n_added - n_changed + n_same,
    rejected = b.rejected + n_rejected, repaired = b.repaired + n_repaired where b.id = of_batch;
  return next;
end $$;
alter function cctns.take(uuid, bigint, bigint, int, int, int, int, int, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, boolean, boolean) owner to itsso_owner;
revoke all on function cctns.take(uuid, bigint, bigint, int, int, int, int, int, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, boolean, boolean) from public;
grant execute on function cctns.take(uuid, bigint, bigint, int, int, int, int, int, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, boolean, boolean) to itsso_machine;
