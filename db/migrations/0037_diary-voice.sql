-- An entry of the case diary may be spoken: a voice that has come in as an exhibit belongs to an entry of the same post. BNSS 192.
set search_path = ext;
create table evidence.voice_note (
  exhibit uuid primary key references evidence.exhibit,
  file uuid not null references casework.file,
  entry int not null check (entry > 0),        -- the number of the diary entry
  seconds int check (seconds > 0),             -- as the file itself says; empty where it does not
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  officer uuid not null references posts.officer
);
create index on evidence.voice_note (file, entry);
call foundation.guard('evidence.voice_note', 'Which spoken exhibit belongs to which entry of the case diary. Insert only.');
create trigger only_grows before update or delete on evidence.voice_note for each row execute function evidence.only_grows();
grant select, insert on evidence.voice_note to itsso_officer;
-- whoever wrote the entry adds the voice to it, and no other voice than one that this post has sent in to this file
create policy seen on evidence.voice_note to itsso_officer using (file in (select id from casework.file))
  with check (post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
    and exists (select from evidence.exhibit e where e.id = exhibit and e.file = voice_note.file and e.post = voice_note.post and e.kind = 'audio')
    and exists (select from casework.diary d where d.file = voice_note.file and d.number = entry and d.post = voice_note.post));
-- which post wrote an entry that is in sight
create function evidence.entry_post(of_file uuid, of_number int) returns uuid language sql stable security invoker set search_path = pg_catalog as $$
  select d.post from casework.diary d where d.file = of_file and d.number = of_number
$$;
alter function evidence.entry_post(uuid, int) owner to itsso_owner;
revoke all on function evidence.entry_post(uuid, int) from public;
grant execute on function evidence.entry_post(uuid, int) to itsso_officer;
