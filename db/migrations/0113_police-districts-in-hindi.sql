-- Police districts of Uttar Pradesh that no directory names in Hindi: their names are our own. What an administrator has named stays.
set search_path = ext;
update cctns.place p set name_hi = n.hi
  from (values ('in.up.kanpur_outer'::ltree, 'कानपुर आउटर'), ('in.up.grp', 'जीआरपी'), ('in.up.lucknow_commissionarate', 'लखनऊ कमिश्नरेट'),
    ('in.up.lucknow_grameen', 'लखनऊ ग्रामीण'), ('in.up.varanasi_commissionarate', 'वाराणसी कमिश्नरेट'), ('in.up.vasanasi_dehat', 'वाराणसी देहात')) as n (path, hi)
  where p.path = n.path and p.name_hi = p.name_en;
