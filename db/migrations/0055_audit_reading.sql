-- The auditor reads the ledger: by deed, post, time and subject, page by page. What each row is about stays a number.
set search_path = ext;
create index ledger_by_time on foundation.ledger (at desc, id desc);
create index ledger_by_deed on foundation.ledger (deed, at desc, id desc);

-- with the rights of whoever asks: row security lets auditors see the ledger, and nobody else
create view audit.ledger with (security_invoker = true) as
  select id, at, recorded_at, deed, actor_kind, officer, post, subject, detail from foundation.ledger;
alter view audit.ledger owner to itsso_owner;
comment on view audit.ledger is 'The ledger as auditors read it.';
grant select on audit.ledger to itsso_officer;
create policy auditor on audit.verification for select to itsso_officer using ((select (posts.acting()).post_kind) in ('auditor', 'administrator'));
grant select on audit.verification to itsso_officer;
