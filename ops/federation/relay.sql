-- The relay: a small PostgreSQL server of the state's own between the one with the cases and the nation. It holds the shared facts and nothing
-- else. The nation's role must be able to replicate, and whoever may replicate can read everything on that server, whatever is published;
-- therefore it is given to the nation here, and never where the cases lie. Run as superuser in an empty database, with wal_level = logical.
create schema published;
create table published.shared (
  id uuid not null, state text not null, district text not null, groups text[] not null, basis text not null, recorded_on date not null,
  first_on date, forwarded_on date, report_code text, reopened int not null, primary key (state, id)
);
create role itsso_nation login replication password :'nation_password';
grant usage on schema published to itsso_nation;
grant select on published.shared to itsso_nation;
-- then: npm run itsso -- federation subscribe in.up 'host=… dbname=itsso user=itsso_relay …'
--       npm run itsso -- federation publish in.up
