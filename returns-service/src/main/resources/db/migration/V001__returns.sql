-- What was sold, copied from the facts of orders by version, and what came back of it: invariant I7 is in its CHECKs.
create table sold_order (
  order_id                text primary key,
  version                 bigint not null,
  account                 text not null,
  channel                 text not null,
  external_id             text not null,
  shipping_minor          bigint,
  shipping_refunded_minor bigint not null default 0,
  constraint one_order_per_external_order unique (account, external_id),
  constraint no_more_shipping_goes_back_than_was_paid check (
    shipping_refunded_minor >= 0 and shipping_refunded_minor <= coalesce(shipping_minor, 0))
);

-- `returned` counts units that returns have, open ones and ended ones; `refunded_minor` everything ever asked back.
create table sold_line (
  line_id         text primary key,
  order_id        text not null references sold_order,
  position        integer not null,
  channel_line_id text,
  sku             text not null,
  ordered         integer,
  paid_minor      bigint,
  tax_minor       bigint,
  currency        text,
  shipped         integer not null,
  shipped_at      timestamptz,
  returned        integer not null default 0,
  restocked       integer not null default 0,
  refunded_minor  bigint not null default 0,
  constraint a_price_is_whole check (
    (ordered is null and paid_minor is null and tax_minor is null and currency is null)
    or (ordered > 0 and paid_minor >= 0 and tax_minor is not null and currency is not null)),
  constraint nothing_below_zero check (shipped >= 0 and returned >= 0 and restocked >= 0 and refunded_minor >= 0),
  -- Invariant I7.
  constraint returned_within_shipped check (returned <= shipped),
  constraint restocked_within_shipped check (restocked <= shipped),
  constraint restocked_within_returned check (restocked <= returned),
  constraint refunded_within_paid check (refunded_minor <= coalesce(paid_minor, 0))
);

create index sold_line_by_order on sold_line (order_id, position);

-- One return. WAITING ones have no units and no version yet: nobody was told of them.
create table rma (
  return_id         text primary key,
  order_id          text references sold_order,
  account           text not null,
  channel           text not null,
  external_id       text not null,
  channel_return_id text,
  version           bigint not null,
  state             text not null,
  waiting_reason    text,
  waiting_detail    text,
  answer            text,
  seen              jsonb,
  next_steps        jsonb not null,
  needs_person      boolean not null,
  opened_at         timestamptz not null,
  updated_at        timestamptz not null,
  constraint one_return_per_channel_return unique (account, channel_return_id),
  constraint state_is_known check (state in ('WAITING', 'REQUESTED', 'OPEN', 'CLOSED', 'DECLINED', 'CANCELLED')),
  constraint waiting_has_a_reason check ((state = 'WAITING') = (waiting_reason is not null and waiting_detail is not null)),
  constraint a_person_looks_at_a_request check (state <> 'REQUESTED' or answer is not null),
  constraint only_a_placed_return_is_told check (version >= 0 and (version = 0 or order_id is not null))
);

create index rma_by_state on rma (state, return_id);
create index rma_by_account on rma (account, return_id);
create index rma_by_order on rma (order_id, return_id);
create index rma_waiting on rma (account, external_id) where state = 'WAITING';
create index rma_for_a_person on rma (return_id) where needs_person;

create table rma_line (
  return_id       text not null references rma,
  line_id         text not null references sold_line,
  position        integer not null,
  channel_line_id text not null,
  sku             text not null,
  reason          text not null,
  primary key (return_id, line_id)
);

-- One row per unit. `held` is false once the return was declined or cancelled: the unit may come back in another one.
create table rma_unit (
  return_id text not null references rma,
  line_id   text not null references sold_line,
  number    integer not null,
  held      boolean not null,
  custody   text not null,
  money     text not null,
  condition text,
  location  text,
  refund_id text,
  primary key (return_id, line_id, number),
  constraint number_counts_from_zero check (number >= 0),
  constraint custody_is_known check (
    custody in ('EXPECTED', 'RECEIVED', 'INSPECTED', 'RESTOCKED', 'SCRAPPED', 'MISSING')),
  constraint money_is_known check (money in ('NONE', 'APPROVED', 'SENT', 'CONFIRMED', 'FAILED')),
  constraint money_belongs_to_a_refund check ((money = 'NONE') = (refund_id is null))
);

-- Two returns cannot have the same unit, whoever asks first.
create unique index a_unit_is_in_one_return on rma_unit (line_id, number) where held;
create index rma_unit_by_line on rma_unit (line_id);

create table rma_restock (
  restock_id text primary key,
  return_id  text not null references rma,
  position   integer not null,
  line_id    text not null references sold_line,
  sku        text not null,
  location   text not null,
  quantity   integer not null,
  constraint a_restock_has_units check (quantity > 0)
);

create index rma_restock_by_return on rma_restock (return_id, position);
create index rma_restock_by_line on rma_restock (line_id);

create table rma_refund (
  refund_id         text primary key,
  return_id         text not null references rma,
  position          integer not null,
  state             text not null,
  amount_minor      bigint not null,
  shipping_minor    bigint not null,
  currency          text,
  reason            text not null,
  failure_reason    text,
  failure_next_step text,
  channel_refund_id text,
  settled_minor     bigint,
  settled_currency  text,
  constraint state_is_known check (state in ('APPROVED', 'SENT', 'CONFIRMED', 'FAILED')),
  constraint no_money_below_zero check (amount_minor >= 0 and shipping_minor >= 0),
  constraint what_is_sent_has_a_currency check (state = 'APPROVED' or currency is not null),
  constraint a_failure_has_a_reason check (
    (state = 'FAILED') = (failure_reason is not null and failure_next_step is not null))
);

create index rma_refund_by_return on rma_refund (return_id, position);
create index rma_refund_open on rma_refund (state) where state <> 'CONFIRMED';

create table rma_refund_line (
  refund_id       text not null references rma_refund,
  line_id         text not null references sold_line,
  position        integer not null,
  channel_line_id text not null,
  quantity        integer not null,
  amount_minor    bigint not null,
  tax_minor       bigint not null,
  primary key (refund_id, line_id),
  constraint a_refund_line_has_units check (quantity > 0),
  constraint tax_within_amount check (amount_minor >= 0 and tax_minor >= 0 and tax_minor <= amount_minor)
);

create index rma_refund_line_by_line on rma_refund_line (line_id);

-- What happened to a return, in order; without personal data.
create table rma_event (
  return_id text not null references rma,
  position  integer not null,
  at        timestamptz not null,
  what      text not null,
  version   bigint,
  detail    text not null,
  primary key (return_id, position)
);

-- The ids by which callers name what they ask for. An id of a return or a refund is taken once, over all returns.
create table rma_command (
  kind      text not null,
  scope     text not null,
  id        text not null,
  return_id text not null,
  content   text not null,
  at        timestamptz not null,
  primary key (kind, scope, id)
);
