-- Bytes are written down here before they lie on the shelf, to be taken off again in an hour; the act that gives them a row takes the line
-- away. A process that dies in between leaves nothing lying.
grant insert on evidence.left_behind to itsso_machine;
comment on table evidence.left_behind is 'Bytes that have no row and no key, or none yet: from this instant on the next sweep takes them off the shelf.';
