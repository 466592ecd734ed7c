-- The order book: one row per external order, with what the channel, inventory, routing and the warehouses said.
create table customer_order (
  order_id             uuid primary key,
  account              text not null,
  channel              text not null,
  external_id          text not null,
  number               text not null,
  version              bigint not null,
  demand_version       bigint not null,
  stage                text not null,
  state                text not null,
  channel_status       text not null,
  fulfilled_by_channel boolean not null,
  placed_at            timestamptz not null,
  ship_by              timestamptz,
  destination_country  text,
  destination_region   text,
  currency             text not null,
  total_minor          bigint not null,
  tax_minor            bigint not null,
  shipping_minor       bigint not null,
  personal_key_id      text not null,
  personal_ciphertext  text not null,
  channel_updated_at   timestamptz not null,
  fetch_number         bigint not null,
  channel_cancel_reason text,
  observed_at          timestamptz not null,
  accepted_at          timestamptz not null,
  cancelled_by         text,
  cancel_reason        text,
  cancelled_at         timestamptz,
  promise_sequence     bigint not null,
  refused_plan         text,
  route_sequence       bigint not null,
  route_order_version  bigint not null,
  route_at             timestamptz,
  plan_id              text,
  attempt              integer not null,
  unroutable           text,
  routed_at            timestamptz,
  updated_at           timestamptz not null,
  constraint one_order_per_external_order unique (account, external_id),
  constraint version_counts_from_one check (version >= 1),
  constraint state_is_known check (state in ('OPEN', 'CANCELLED', 'COMPLETED')),
  constraint cancellation_is_whole check (
    (cancelled_by is null and cancel_reason is null and cancelled_at is null)
    or (cancelled_by in ('CHANNEL', 'SELLER') and cancel_reason is not null and cancelled_at is not null))
);

create index customer_order_by_stage on customer_order (stage, order_id);
create index customer_order_by_state on customer_order (state, order_id);
create index customer_order_by_account on customer_order (account, order_id);

-- `asked` is the channel's word, `wanted` what follows for us. A parcel that left stays wanted, hence the check.
create table order_line (
  line_id          uuid primary key,
  order_id         uuid not null references customer_order,
  position         integer not null,
  channel_line_id  text not null,
  channel_sku      text not null,
  variant_id       text,
  channel_location text,
  title            text not null,
  asked            integer not null,
  wanted           integer not null,
  shipped          integer not null,
  unit_price_minor bigint not null,
  tax_minor        bigint not null,
  sku              text,
  offer            text,
  held             integer not null,
  backordered      integer not null,
  allocated        jsonb not null,
  promise_shipped  integer not null,
  constraint one_line_per_channel_line unique (order_id, channel_line_id),
  constraint asked_is_not_negative check (asked >= 0),
  constraint shipped_within_wanted check (shipped >= 0 and shipped <= wanted)
);

create index order_line_waiting_by_sku on order_line (channel_sku) where sku is null;
create index order_line_waiting_by_variant on order_line (regexp_replace(variant_id, '.*/', '')) where sku is null;

-- A waived hold stays as long as its cause does, so that the same cause does not hold the order again.
create table order_hold (
  order_id  uuid not null references customer_order,
  reason    text not null,
  detail    text not null,
  placed_at timestamptz not null,
  waived    boolean not null,
  primary key (order_id, reason)
);

create index order_hold_standing on order_hold (order_id, reason) where not waived;

create table shipment (
  shipment_id     text primary key,
  order_id        uuid not null references customer_order,
  position        integer not null,
  location_id     text not null,
  carrier         text not null,
  tracking_number text not null,
  tracking_url    text,
  shipped_at      timestamptz not null,
  constraint one_shipment_per_position unique (order_id, position)
);

create table shipment_line (
  shipment_id text not null references shipment,
  line_id     uuid not null references order_line,
  quantity    integer not null,
  primary key (shipment_id, line_id),
  constraint something_left check (quantity > 0)
);

-- Every version of every order, one row per event; without personal data.
create table order_event (
  order_id uuid not null references customer_order,
  version  bigint not null,
  type     text not null,
  stage    text not null,
  cause    text not null,
  at       timestamptz not null,
  primary key (order_id, version)
);

-- What is to be picked now, where; written with the order it follows from.
create table order_pick (
  location_id text not null,
  order_id    uuid not null references customer_order,
  line_id     uuid not null references order_line,
  sku         text not null,
  quantity    integer not null,
  primary key (location_id, order_id, line_id),
  constraint something_to_pick check (quantity > 0)
);

create index order_pick_by_order on order_pick (order_id);
