-- Polls that last longer than one step, and numbers that a channel takes without showing them.

-- The listing under way: which page is next, and when. A listing that has to wait for its quota is a row and no thread.
alter table poll
  add column open_since     timestamptz,
  add column open_cursor    text,
  add column open_watermark timestamptz,
  add column open_latest    timestamptz,
  add column open_pages     integer,
  add column open_next_at   timestamptz,
  add constraint open_is_whole check (
    (open_since is null) = (open_next_at is null) and (open_since is null) = (open_pages is null));

-- accepted: a number the channel took, until a reading has settled it
-- look_at:  when to look for it, while it was never seen there; late_at: from when on it is no longer on its way
alter table sync_target
  add column accepted_sequence bigint,
  add column accepted_quantity integer,
  add column accepted_at       timestamptz,
  add column look_at           timestamptz,
  add column late_at           timestamptz,
  add constraint accepted_is_whole check (
    (accepted_at is null) = (accepted_sequence is null) and (accepted_at is null) = (accepted_quantity is null)),
  add constraint what_is_looked_for_was_accepted check (look_at is null or (accepted_at is not null and late_at is not null));

create index sync_target_unseen on sync_target (account, look_at) where look_at is not null;
