-- What women think of how a station treated them, in numbers for the posts above it: no word of theirs, no case, no officer.
set search_path = ext;

-- Of each station below the acting post: its answers to each question since a day. A station is not told its own.
create function court.feedback_counted(since timestamptz) returns table (station text, question text, answer text, n int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.station_path::text, q.question, q.answer, count(*)::int
  from court.feedback f join casework.file c on c.id = f.file,
    lateral (values ('respect', f.respect), ('called', f.called), ('pressed', f.pressed), ('again', f.again)) q (question, answer),
    (select (posts.acting()).path as path) a
  where f.at >= since and q.answer is not null
    and c.station_path <@ any ((select posts.supervised())::ltree[]) and c.station_path <> a.path
  group by 1, 2, 3
$$;
create index feedback_by_day on court.feedback (at);
alter function court.feedback_counted(timestamptz) owner to itsso_owner;
revoke all on function court.feedback_counted(timestamptz) from public;
grant execute on function court.feedback_counted(timestamptz) to itsso_officer;
