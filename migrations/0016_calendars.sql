-- A calendar program brings no login along: who has the address of a workspace's calendar reads it. So the address holds
-- a key that nobody can guess, and a new key ends the old address.
alter table workspace add column calendar_key text unique;
comment on column workspace.calendar_key is 'The secret part of the address of its calendar; null: nobody asked for one yet.';
