-- Telling the figures of many rows: the groups of a line of sections are asked once for all rows that have it, not once a row.
set search_path = ext;
create or replace function cctns.tell_rows(ids uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
begin
  perform published.tell_cases('cctns', (
    with rows as materialized (
      select f.unit, f.year, f.fir_number, f.sections, f.basis, f.recorded_at, f.report_on, f.report_kind from cctns.fir f where f.id = any (ids)
    ), meaning as materialized (
      select d.sections, published.groups_of(d.sections) as groups from (select distinct r.sections from rows r) d
    )
    -- the key as published.case_key makes it, of a number that has lost its zeros already
    select coalesce(array_agg(row(r.unit::text || '/' || r.year || '/' || r.fir_number, r.unit, m.groups,
      case when r.basis = 'target' then 'target' else 'law' end, r.recorded_at, r.report_on, r.report_on, r.report_kind, 0)::published.told), '{}')
    from rows r join meaning m on m.sections = r.sections));
end $$;
alter function cctns.tell_rows(uuid[]) owner to itsso_owner;
revoke all on function cctns.tell_rows(uuid[]) from public;
