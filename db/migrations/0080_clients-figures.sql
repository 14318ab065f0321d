-- Programs that read figures and nothing else: a chief minister's dashboard the figures of its unit as they are, a researcher's what is public
-- of a unit, edition by edition. Neither comes near a case.
set search_path = ext;
alter table clients.client drop constraint client_rights_check;
alter table clients.client add constraint client_rights_check
  check (rights <@ array['file', 'track', 'write', 'figures', 'dashboard'] and cardinality(rights) > 0);
alter table clients.use drop constraint use_purpose_check;
alter table clients.use add constraint use_purpose_check check (purpose in ('file', 'track', 'write', 'look', 'figures', 'dashboard'));

-- An edition of every unit that is asked for, each cut from that of the unit above it.
alter table published.statistics add column unit ltree not null default 'in';
alter table published.statistics alter column unit drop default;
alter table published.statistics drop constraint statistics_pkey;
alter table published.statistics add primary key (month, unit);
update published.statistics set figures = (figures - 'nation' - 'states')
  || jsonb_build_object('own', figures -> 'nation', 'parts', figures -> 'states');
comment on table published.statistics is 'Public statistics of a unit, one edition a month, small counts already left out. Insert only.';
