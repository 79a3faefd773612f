-- "Why is this here?" asked of a message: which delivery it is, and what was folded into it.
create index delivery_message on delivery ((ref ->> 'messageId')) where ref is not null;
create index delivery_folded on delivery (folded_into) where folded_into is not null;
