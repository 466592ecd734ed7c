-- What each offer should say at its channel, what was written, how it stands: level-triggered, like numbers.
--
-- content_hash: of everything that is written; null while the hub only keeps the number
-- written_*:    what the channel answered for last; `standing` is that answer
create table listing_target (
  offer                  text primary key,
  account                text not null,
  product_id             text not null,
  sequence               bigint not null,
  active                 boolean not null,
  channel_sku            text not null,
  variant_id             text,
  inventory_item         text,
  channel_location       text,
  content                jsonb,
  content_hash           text,
  desired_at             timestamptz not null,
  written_sequence       bigint,
  written_hash           text,
  standing               text,
  channel_product_id     text,
  channel_variant_id     text,
  channel_inventory_item text,
  issues                 jsonb not null default '[]',
  standing_at            timestamptz,
  constraint standing_is_known check (standing in ('accepted', 'live', 'rejected')),
  constraint standing_is_whole check (
    (standing is null) = (standing_at is null) and (standing is null) = (written_sequence is null)),
  constraint rejected_says_why check (standing <> 'rejected' or jsonb_array_length(issues) > 0),
  constraint written_is_not_ahead_of_desired check (written_sequence <= sequence),
  constraint content_has_a_hash check ((content is null) = (content_hash is null))
);

create index listing_target_by_page on listing_target (account, product_id);
-- Exactly the rows that owe a write or a look.
create index listing_target_unsettled on listing_target (account, product_id)
  where content is not null and (content_hash is distinct from written_hash or standing = 'accepted');

-- The unit of a write: one product at one account, with at most one call in flight.
create table listing_page (
  account       text not null,
  product_id    text not null,
  attempts      integer not null default 0,
  next_try_at   timestamptz not null,
  claimed_by    text,
  claimed_until timestamptz,
  reason        text,
  primary key (account, product_id)
);

create index listing_page_by_time on listing_page (account, next_try_at);
