-- Whether the letter to a post has gone is for the administrator who looks after its address: one that did not go is to be mended, not missed.
set search_path = ext;
grant select (id, post, purpose, period, state, made_at) on notify.letter to itsso_officer;
create policy administrator on notify.letter for select to itsso_officer using (
  (select (posts.acting()).post_kind) = 'administrator' and post in (select a.post from notify.address a));
