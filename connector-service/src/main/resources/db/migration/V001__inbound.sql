-- What the channels told us: kept raw before it is answered, so that nothing a channel ever said is lost (I5).

create sequence fetch_number;

create table inbound_message (
  id                 uuid primary key,
  account            text not null,
  adapter            text not null,
  source             text not null,
  delivery_id        text not null,
  topic              text,
  headers            jsonb,
  body               text,
  external_id        text,
  channel_updated_at timestamptz,
  received_at        timestamptz not null,
  status             text not null,
  reason             text,
  attempts           integer not null default 0,
  next_try_at        timestamptz not null,
  claimed_by         text,
  claimed_until      timestamptz,
  settled_at         timestamptz,
  constraint source_is_known check (source in ('webhook', 'poll')),
  constraint status_is_known check (status in ('pending', 'done', 'duplicate', 'ignored', 'dead')),
  constraint dead_has_a_reason check (status <> 'dead' or reason is not null),
  constraint pending_names_its_order check (status <> 'pending' or external_id is not null)
);

create index inbound_message_pending on inbound_message (account, received_at) where status = 'pending';
create index inbound_message_dead on inbound_message (account, id) where status = 'dead';
create index inbound_message_open_delivery on inbound_message (account, delivery_id)
  where status in ('pending', 'dead');
create index inbound_message_by_account on inbound_message (account, id);
create index inbound_message_settled on inbound_message (settled_at) where settled_at is not null;

-- The first message of each delivery: the copies are stored as well, and not worked.
create table inbound_delivery (
  account     text not null,
  delivery_id text not null,
  message_id  uuid not null,
  received_at timestamptz not null,
  primary key (account, delivery_id)
);

create index inbound_delivery_by_age on inbound_delivery (received_at);

-- What each order looked like when it was last announced. A row without a time only holds the lock of a first sight.
create table channel_order (
  account            text not null,
  external_id        text not null,
  channel_updated_at timestamptz,
  fingerprint        text,
  content_hash       text,
  saved_number       bigint not null default 0,
  announced_at       timestamptz,
  primary key (account, external_id)
);

-- Units sold per line as announced: what an offer's booked units should come to once everything is booked.
create table channel_order_line (
  account          text not null,
  external_id      text not null,
  line_id          text not null,
  channel_sku      text not null,
  variant_id       text,
  channel_location text,
  quantity         integer not null,
  primary key (account, external_id, line_id),
  constraint quantity_is_not_negative check (quantity >= 0)
);

create index channel_order_line_by_variant on channel_order_line (account, variant_id) where quantity > 0;
create index channel_order_line_by_sku on channel_order_line (account, channel_sku) where quantity > 0;

-- How far polling is. `complete_*` is the last poll whose every order has been announced.
create table poll (
  account            text primary key,
  cursor_at          timestamptz,
  begun_at           timestamptz,
  deep_at            timestamptz,
  listed_begun_at    timestamptz,
  listed_at          timestamptz,
  listed_watermark   timestamptz,
  complete_begun_at  timestamptz,
  complete_at        timestamptz,
  complete_watermark timestamptz,
  reason             text
);
