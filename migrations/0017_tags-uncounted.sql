-- How many stories have a tag is no longer counted: nobody asked, and every story waited for the rows of its tags.

comment on table tag is 'No longer written; kept for older programs that run beside a newer one.';
