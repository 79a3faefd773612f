-- A cap of 0 that somebody asked for is not the same as none asked for: then a rush may come in lists.
alter table channel add column cap_chosen boolean not null default false;
comment on column channel.cap_chosen is 'hourly_cap was asked for, 0 included; else nothing is held back, and in a rush what stands in line comes in lists.';
update channel set cap_chosen = true where hourly_cap > 0;
