-- A sign of look-ups that stand out is seen by the auditor of the state as well, who only looks: the post above answers it. A superior who
-- shuts his eyes is seen doing so.
set search_path = ext;

create policy auditor on casework.look_up_sign for select to itsso_officer
  using ((select (posts.acting()).post_kind) = 'auditor' and to_path <@ (select (posts.acting()).path));
