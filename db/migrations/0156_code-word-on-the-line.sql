-- She may choose a word that means "somebody has come in". Whoever speaks with her has to know it, or she says it in vain: it is shown to
-- the operator who has her on the line, out of her contact, for as long as the call is open.
set search_path = ext;

-- Her contact once more, without a new opening: to the officer at the post whose call is open now, while one of hers for it still runs.
create function sealed.take_on_call(of_subject uuid, at_instant timestamptz) returns table (field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select i.field, i.sealed, k.wrapped
  from posts.acting() a
  join callback.promise p on p.file = of_subject and p.claimed_by = a.post and p.claimed_officer = a.officer
    and p.claimed_until > greatest(at_instant, foundation.now()) and p.connected_until > greatest(at_instant, foundation.now())
  join sealed.item i on i.subject = p.file and i.class = 'identity' and i.field = 'contact'
    and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field)
  join sealed.case_key k on k.subject = i.subject and k.class = i.class
  where a.kind = 'officer' and exists (
    select 1 from sealed.opening o where o.subject = of_subject and o.post = a.post and o.officer = a.officer and o.purpose = 'call-back'
      and 'contact' = any (o.fields) and o.until > greatest(at_instant, foundation.now())
      and not exists (select 1 from sealed.opening_end e where e.opening = o.id))
$$;

alter function sealed.take_on_call(uuid, timestamptz) owner to itsso_owner;
revoke all on function sealed.take_on_call(uuid, timestamptz) from public;
grant execute on function sealed.take_on_call(uuid, timestamptz) to itsso_officer;
