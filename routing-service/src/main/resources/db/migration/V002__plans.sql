-- What is known of each order, what was announced about it, and the copy of stock that plans are made from.

create table route_case (
  order_id        text collate "C" primary key,
  phase           text not null,
  note            text not null,
  facts           jsonb,
  promise         jsonb,
  decision        jsonb,
  attempts        integer not null,
  sequence        bigint not null,
  due_at          timestamptz,
  starved_since   timestamptz,
  unroutable      jsonb,
  decided_at      timestamptz,
  -- What the last search looked at: it is tried again when something of that is newer.
  looked_revision bigint not null default 0,
  rises_only      boolean not null default false,
  constraint phase_is_known
    check (phase in ('WAITING', 'PLANNED', 'RETRY', 'UNROUTABLE', 'ROUTED', 'ENDED')),
  constraint a_retry_has_a_due_time check ((phase = 'RETRY') = (due_at is not null))
);

-- The sweep asks for few of many.
create index route_case_open on route_case (phase, order_id) where phase in ('PLANNED', 'RETRY', 'UNROUTABLE');
create index route_case_by_phase on route_case (phase, order_id);

create table route_look (
  order_id text collate "C" not null references route_case,
  sku      text collate "C" not null,
  change   bigint not null,
  primary key (order_id, sku)
);

create table route_announced (
  order_id      text collate "C" not null references route_case,
  sequence      bigint not null,
  order_version bigint not null,
  attempt       integer not null,
  at            timestamptz not null,
  plan_id       text unique,
  reason        text,
  cost_minor    bigint,
  currency      text,
  assignments   jsonb not null,
  parcels       jsonb not null,
  reasons       jsonb not null,
  rejected      jsonb not null,
  answer        text,
  answer_detail text,
  answered_at   timestamptz,
  primary key (order_id, sequence),
  constraint a_plan_or_a_reason_for_none check ((plan_id is null) = (reason is not null))
);

create table stock_shelf (
  sku       text collate "C" primary key,
  -- Of the stock ledger: only a higher one is applied.
  sequence  bigint not null,
  -- Our own count of changes, and the count at which some location last had more free units than before.
  change    bigint not null,
  rise      bigint not null,
  locations jsonb not null
);

-- Units of outstanding plans. Soft: what it misses, the stock ledger refuses.
create table plan_claim (
  plan_id          text not null,
  sku              text collate "C" not null,
  location_id      text not null,
  units            integer not null,
  -- Set when the plan was carried out: the claim ends with the stock record that shows it, or at its time.
  settles_sequence bigint,
  ends_at          timestamptz,
  primary key (plan_id, sku, location_id),
  constraint a_claim_is_for_something check (units > 0)
);

create index plan_claim_by_sku on plan_claim (sku);
