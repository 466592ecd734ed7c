-- What each offer should show, what was sent, what stands there: level-triggered, so a newer value replaces an older.

-- One call to a channel. Its id is the idempotency key, kept before the call and used again until the outcome is known.
create table stock_write (
  id          uuid primary key,
  account     text not null,
  status      text not null,
  created_at  timestamptz not null,
  attempts    integer not null default 0,
  next_try_at timestamptz not null,
  claimed_by  text not null,
  reason      text,
  constraint status_is_known check (status in ('sent', 'unknown'))
);

create index stock_write_by_account on stock_write (account, next_try_at);

create table stock_write_line (
  write_id         uuid not null references stock_write on delete cascade,
  position         integer not null,
  offer            text not null,
  inventory_item   text not null,
  channel_location text not null,
  quantity         integer not null,
  expected         bigint not null,
  sequence         bigint not null,
  booked           bigint not null,
  primary key (write_id, position)
);

-- desired:  what the hub wants shown, by sequence
-- base:     what stands at the channel as far as we know, counted as of `base_booked` booked units
-- acked:    the last value known to stand there because of us
-- observed: the last value read from the channel
create table sync_target (
  offer             text not null,
  aspect            text not null default 'quantity',
  account           text not null,
  listing_sequence  bigint,
  active            boolean not null default false,
  channel_sku       text,
  variant_id        text,
  inventory_item    text,
  channel_location  text,
  desired_sequence  bigint,
  desired_quantity  integer,
  desired_booked    bigint,
  desired_at        timestamptz,
  owed_since        timestamptz,
  base_quantity     bigint,
  base_booked       bigint,
  acked_sequence    bigint,
  acked_quantity    integer,
  acked_at          timestamptz,
  observed_quantity bigint,
  observed_at       timestamptz,
  in_flight         uuid references stock_write,
  suspect_since     timestamptz,
  -- Set while the base was read and not written: a sale that is booked later may hide in it.
  confirm_since     timestamptz,
  read_requested    boolean not null default false,
  drift_count       integer not null default 0,
  attempts          integer not null default 0,
  next_try_at       timestamptz not null,
  reason            text,
  revision          bigint not null default 0,
  state_sequence    bigint not null default 0,
  primary key (offer, aspect),
  constraint aspect_is_known check (aspect = 'quantity'),
  constraint desired_is_whole check (
    (desired_sequence is null) = (desired_quantity is null) and (desired_sequence is null) = (desired_booked is null)),
  constraint base_is_whole check ((base_quantity is null) = (base_booked is null)),
  constraint desired_is_not_negative check (desired_quantity >= 0),
  constraint acked_is_not_ahead_of_desired check (acked_sequence <= desired_sequence)
);

-- Exactly the rows that owe a write: small whatever the catalogue is.
create index sync_target_unsatisfied on sync_target (account, next_try_at)
  where active and desired_sequence is not null
    and (base_quantity is null or desired_quantity <> base_quantity - (desired_booked - base_booked));
create index sync_target_in_flight on sync_target (in_flight) where in_flight is not null;
create index sync_target_suspect on sync_target (account)
  where suspect_since is not null or confirm_since is not null or read_requested;
create index sync_target_by_observation on sync_target (account, observed_at nulls first) where active;
