-- Only words: how the waits of a paused channel grow has changed.

comment on column channel.retry_seconds is 'How long the last such wait was: each is a twentieth longer than the one before.';
