-- What lies where (the physical book) and what is promised to whom (the promise book). Movements are the truth of the
-- first; positions are their running sums, kept so that a read costs one row, and tied to the last movement by a
-- foreign key, so that they cannot drift from it (invariant I1).

create table stock_movement (
  seq            bigint generated always as identity primary key,
  id             uuid not null,
  sku            text not null,
  location       text not null,
  -- 1, 2, 3, ... per position: together with `previous` the chain that makes a missing or forked movement impossible.
  number         bigint not null,
  previous       bigint generated always as (nullif(number - 1, 0)) stored,
  delta          integer not null,
  on_hand_before integer not null,
  on_hand_after  integer not null,
  reason         text not null,
  cause          text not null,
  actor          text not null,
  recorded_at    timestamptz not null,
  constraint movement_has_one_id unique (id),
  constraint one_movement_per_number unique (sku, location, number),
  constraint one_end_per_movement unique (sku, location, number, on_hand_after),
  constraint a_cause_moves_a_position_once unique (cause, sku, location, reason),
  constraint a_movement_moves check (delta <> 0),
  constraint a_movement_adds_up check (on_hand_after = on_hand_before + delta),
  constraint nothing_lies_below_zero check (on_hand_after >= 0),
  constraint the_first_movement_starts_from_nothing check (number > 1 or (number = 1 and on_hand_before = 0)),
  constraint a_movement_starts_where_the_last_one_ended
    foreign key (sku, location, previous, on_hand_before)
    references stock_movement (sku, location, number, on_hand_after),
  constraint reason_is_known check (reason in ('RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'COUNT', 'FOUND'))
);

create index stock_movement_by_sku on stock_movement (sku, seq);

create function movements_are_never_changed() returns trigger language plpgsql as $$
begin
  raise exception 'stock_movement: movements are never changed or deleted; add one that corrects';
end $$;

create trigger movements_are_never_changed before update or delete on stock_movement
  for each row execute function movements_are_never_changed();
create trigger movements_are_never_truncated before truncate on stock_movement
  for each statement execute function movements_are_never_changed();

create table stock_position (
  sku           text not null,
  location      text not null,
  pool          text not null default 'default',
  on_hand       integer not null default 0,
  allocated     integer not null default 0,
  short         integer not null default 0,
  last_movement bigint,
  primary key (sku, location),
  constraint nothing_lies_below_zero check (on_hand >= 0),
  constraint nothing_is_allocated_below_zero check (allocated >= 0),
  constraint allocated_within_on_hand_and_short check (short >= 0 and allocated <= on_hand + short),
  constraint short_only_for_what_is_allocated check (short = 0 or allocated = on_hand + short),
  constraint a_position_without_movements_is_empty check (last_movement is not null or on_hand = 0),
  constraint on_hand_is_what_the_last_movement_left
    foreign key (sku, location, last_movement, on_hand)
    references stock_movement (sku, location, number, on_hand_after)
);

create table pool_position (
  pool        text not null,
  sku         text not null,
  on_hand     integer not null default 0,
  reserved    integer not null default 0,
  short       integer not null default 0,
  backordered integer not null default 0,
  primary key (pool, sku),
  constraint nothing_lies_below_zero check (on_hand >= 0),
  constraint nothing_is_promised_below_zero check (reserved >= 0 and backordered >= 0),
  -- Invariant I2: a unit is promised once.
  constraint reserved_within_on_hand_and_short check (short >= 0 and reserved <= on_hand + short),
  constraint short_only_for_what_is_promised check (short = 0 or reserved = on_hand + short)
);

create index pool_position_short on pool_position (pool, sku) where short > 0;

-- Without this, `short` would be a way around I2: a promise too many would only have to write it down.
-- A repair may say so for its transaction: it restores the truth, whatever that is.
create function short_rises_only_with_a_loss() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('hubline.repair', true), '') <> 'on' then
    raise exception 'pool_position %/%: short may rise only where units are lost', new.pool, new.sku
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger short_rises_only_with_a_loss before update on pool_position
  for each row when (new.short > old.short and new.on_hand >= old.on_hand)
  execute function short_rises_only_with_a_loss();

-- Asked at commit, when both sides are written. It costs one small sum per pool whose units moved; promises ask nothing.
create function a_pool_holds_what_its_locations_hold() returns trigger language plpgsql as $$
declare
  held bigint;
begin
  select coalesce(sum(on_hand), 0) into held from stock_position where sku = new.sku and pool = new.pool;
  if held <> coalesce((select on_hand from pool_position where pool = new.pool and sku = new.sku), 0) then
    raise exception 'pool_position %/%: its locations hold %', new.pool, new.sku, held
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger a_pool_holds_what_its_locations_hold after insert or update of on_hand on pool_position
  deferrable initially deferred for each row execute function a_pool_holds_what_its_locations_hold();
create constraint trigger locations_hold_what_their_pool_holds after insert or update of on_hand, pool on stock_position
  deferrable initially deferred for each row execute function a_pool_holds_what_its_locations_hold();

-- One row per order ever seen: the newest version of its facts, and how far its announcements have come.
create table promise (
  order_id       text primary key,
  version        bigint not null,
  state          text not null,
  placed_at      timestamptz not null,
  ship_by        timestamptz,
  sequence       bigint not null,
  route_sequence bigint not null,
  constraint state_is_known check (state in ('OPEN', 'CANCELLED', 'COMPLETED')),
  constraint versions_start_at_one check (version >= 1)
);

create table reservation (
  order_id    text not null references promise,
  line_id     text not null,
  pool        text not null,
  sku         text not null,
  offer       text,
  wanted      integer not null,
  held        integer not null,
  backordered integer not null,
  allocated   integer not null,
  shipped     integer not null,
  primary key (order_id, line_id),
  constraint no_units_below_zero check (held >= 0 and backordered >= 0 and allocated >= 0 and shipped >= 0),
  constraint every_wanted_unit_is_in_one_place check (held + backordered + allocated + shipped = wanted)
);

create index reservation_open on reservation (sku, order_id, line_id) where held + backordered + allocated > 0;
create index reservation_backordered on reservation (pool, sku) where backordered > 0;

create table allocation (
  order_id text not null,
  line_id  text not null,
  location text not null,
  quantity integer not null,
  shipped  integer not null,
  primary key (order_id, line_id, location),
  foreign key (order_id, line_id) references reservation,
  constraint no_units_below_zero check (quantity >= 0 and shipped >= 0)
);

create table plan_answer (
  plan_id     text primary key,
  order_id    text not null references promise,
  allocated   boolean not null,
  refusal     text,
  detail      text,
  answered_at timestamptz not null,
  constraint a_refusal_has_a_reason check (allocated = (refusal is null) and allocated = (detail is null))
);

-- Units that a channel sold when nothing was left to promise.
create table oversell (
  seq         bigint generated always as identity primary key,
  order_id    text not null,
  line_id     text not null,
  sku         text not null,
  offer       text,
  units       integer not null,
  recorded_at timestamptz not null,
  constraint an_oversell_has_units check (units > 0)
);

-- Where the world and the book disagreed, and what the book did about it.
create table discrepancy (
  seq         bigint generated always as identity primary key,
  kind        text not null,
  sku         text not null,
  location    text not null,
  units       integer not null,
  cause       text not null,
  detail      text not null,
  recorded_at timestamptz not null,
  constraint kind_is_known check (kind in ('SHIPPED_UNKNOWN_UNITS', 'SHIPPED_ANOTHER_PROMISE', 'LOST_PROMISED_UNITS'))
);

-- The ids by which callers name what they ask for, so that a repeated request moves nothing.
create table stock_command (
  kind        text not null,
  id          text not null,
  content     text not null,
  actor       text not null,
  recorded_at timestamptz not null,
  primary key (kind, id)
);

create table stock_sequence (
  sku      text primary key,
  sequence bigint not null
);
