-- Units kept for a buyer who is about to pay, SKUs that are sold as one and lie in stock as several, and the units that
-- channels may sell without our knowing.

-- The account and the order's id there: how a storefront names the order that its hold becomes.
alter table promise add column channel_order text;
create index promise_by_channel_order on promise (channel_order) where channel_order is not null;

create table checkout_hold (
  id              text primary key,
  state           text not null,
  granted_at      timestamptz not null,
  expires_at      timestamptz not null,
  pool            text not null,
  -- What was asked for, and what it takes from the pool: bundles taken apart as they were defined at that time.
  skus            text[] not null,
  quantities      integer[] not null,
  part_skus       text[] not null,
  part_quantities integer[] not null,
  channel_order   text,
  constraint state_is_known check (state in ('HELD', 'CONVERTING', 'CONVERTED', 'RELEASED', 'EXPIRED')),
  constraint every_line_has_a_quantity check (cardinality(skus) = cardinality(quantities) and cardinality(skus) > 0),
  constraint every_part_has_a_quantity check (cardinality(part_skus) = cardinality(part_quantities)),
  constraint a_hold_asks_for_units check (0 < all (quantities) and 0 < all (part_quantities)),
  constraint what_is_paid_names_its_order check (state not in ('CONVERTING', 'CONVERTED') or channel_order is not null)
);

create index checkout_hold_expiring on checkout_hold (expires_at) where state = 'HELD';
create index checkout_hold_converting on checkout_hold (channel_order) where state = 'CONVERTING';
create index checkout_hold_by_state on checkout_hold (state, id);

create table bundle_component (
  bundle    text not null,
  component text not null,
  per       integer not null,
  primary key (bundle, component),
  constraint a_bundle_needs_its_components check (per > 0),
  constraint a_bundle_is_no_part_of_itself check (component <> bundle)
);

create index bundle_component_by_component on bundle_component (component);

create function a_component_is_never_a_bundle() returns trigger language plpgsql as $$
begin
  if exists (select from bundle_component where bundle = new.component)
     or exists (select from bundle_component where component = new.bundle) then
    raise exception 'bundle %: a component is never a bundle', new.bundle using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger a_component_is_never_a_bundle after insert or update on bundle_component
  for each row execute function a_component_is_never_a_bundle();

-- What one unit of a line takes from each pool position. Only lines of bundles have rows: a plain SKU is its own part.
create table reservation_part (
  order_id text not null,
  line_id  text not null,
  pool     text not null,
  sku      text not null,
  per      integer not null,
  -- What the line says, kept here so that an index can: whether it has units that have not left, and that wait.
  open     boolean not null,
  waiting  boolean not null,
  primary key (order_id, line_id, pool, sku),
  foreign key (order_id, line_id) references reservation,
  constraint a_part_has_units check (per > 0)
);

create index reservation_part_by_sku on reservation_part (sku);
create index reservation_part_open on reservation_part (sku, order_id, line_id) where open;
create index reservation_part_waiting on reservation_part (pool, sku) where waiting;

-- Units that were ever bought, those cancelled since included. For what is there already nothing else is known than
-- what is wanted.
alter table reservation add column ordered integer not null default 0;
update reservation set ordered = wanted;
alter table reservation alter column ordered drop default;
alter table reservation add constraint nobody_wants_more_than_was_bought check (wanted <= ordered);
create index reservation_by_offer on reservation (offer) where offer is not null;

-- A bundle comes back as one, and its components go on the shelf: one movement each.
drop index a_restock_is_booked_once;
create unique index a_restock_is_booked_once on stock_movement (cause, sku) where reason = 'RETURN';

-- Both rise and never fall by a sale; what is booked is the difference.
alter table offer_sales add column sold bigint not null default 0, add column cancelled bigint not null default 0;
update offer_sales set sold = booked;
alter table offer_sales drop column booked;
alter table offer_sales add column booked bigint generated always as (sold - cancelled) stored,
  add constraint no_sales_below_zero check (cancelled >= 0 and cancelled <= sold);

-- Units that channels may still sell without our knowing, over all offers in escrow: the most that may be lost to them.
alter table pool_position add column exposed integer not null default 0,
  add constraint nothing_is_exposed_below_zero check (exposed >= 0);

-- Exposure is raised by a publication, and only out of what is not promised (design section 5, E3). What a channel puts
-- back by itself, when a sale is cancelled, is not ours to refuse (E7): the books say so for that statement.
create function exposure_rises_only_out_of_what_is_not_promised() returns trigger language plpgsql as $$
begin
  if new.exposed - old.exposed > old.reserved - new.reserved
     and coalesce(current_setting('hubline.cancelled', true), '') <> 'on'
     and coalesce(current_setting('hubline.repair', true), '') <> 'on' then
    raise exception 'pool_position %/%: % exposed, and % of % on hand are promised',
      new.pool, new.sku, new.exposed, new.reserved, new.on_hand using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger exposure_rises_only_out_of_what_is_not_promised before update on pool_position
  for each row when (new.exposed > old.exposed and new.exposed > new.on_hand - new.reserved)
  execute function exposure_rises_only_out_of_what_is_not_promised();

-- What each offer in escrow can still sell without our knowing, by counters alone. `units` is that number as it is counted
-- in the pools of its parts.
create table offer_exposure (
  offer           text primary key,
  compares        boolean not null,
  restocks        boolean not null,
  -- The last settled number. Null while nothing is proved of what the channel shows.
  base_quantity   integer,
  base_sold       bigint,
  base_cancelled  bigint,
  settled_through bigint not null,
  settled_sold    bigint not null,
  units           integer not null,
  constraint a_base_is_whole check (num_nulls(base_quantity, base_sold, base_cancelled) in (0, 3)),
  constraint nothing_is_exposed_below_zero check (units >= 0)
);

create table exposure_part (
  offer text not null references offer_exposure on delete cascade,
  pool  text not null,
  sku   text not null,
  per   integer not null,
  primary key (offer, pool, sku),
  constraint a_part_has_units check (per > 0)
);

create index exposure_part_by_key on exposure_part (pool, sku);

-- Numbers that were published and have not settled.
create table exposure_permit (
  offer        text not null references offer_exposure on delete cascade,
  sequence     bigint not null,
  quantity     integer not null,
  sold_at      bigint not null,
  cancelled_at bigint not null,
  primary key (offer, sequence)
);
