-- Units on their way from one location to another, units thrown away, counts of a moment that has passed, and the pools
-- that locations and accounts belong to.

alter table stock_movement drop constraint reason_is_known;
alter table stock_movement add constraint reason_is_known check (reason in (
  'RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'COUNT', 'FOUND', 'RETURN', 'SCRAP', 'TRANSFER_OUT', 'TRANSFER_IN'));

alter table discrepancy drop constraint kind_is_known;
alter table discrepancy add constraint kind_is_known check (kind in (
  'SHIPPED_UNKNOWN_UNITS', 'SHIPPED_ANOTHER_PROMISE', 'LOST_PROMISED_UNITS', 'COUNTED_LESS_THAN_LEFT', 'LOST_IN_TRANSIT'));

-- Units that left one location for another. They lie nowhere meanwhile: what is sent, and neither received nor lost, is in
-- transit.
create table transfer (
  id            text primary key,
  from_location text not null,
  to_location   text not null,
  sent_at       timestamptz not null,
  closed_at     timestamptz,
  loss_grounds  text,
  constraint a_transfer_goes_somewhere_else check (from_location <> to_location),
  constraint a_loss_is_noted_when_it_is_closed check (loss_grounds is null or closed_at is not null)
);

create table transfer_line (
  transfer_id text not null references transfer,
  sku         text not null,
  sent        integer not null,
  received    integer not null default 0,
  lost        integer not null default 0,
  primary key (transfer_id, sku),
  constraint a_transfer_has_units check (sent > 0),
  constraint no_units_below_zero check (received >= 0 and lost >= 0),
  constraint no_more_arrives_than_was_sent check (received + lost <= sent)
);

create index transfer_line_by_sku on transfer_line (sku, transfer_id);
create index transfer_line_in_transit on transfer_line (transfer_id) where received + lost < sent;

create table transfer_receipt (
  transfer_id text not null,
  receipt_id  text not null,
  sku         text not null,
  units       integer not null,
  received_at timestamptz not null,
  primary key (transfer_id, receipt_id, sku),
  foreign key (transfer_id, sku) references transfer_line,
  constraint a_receipt_has_units check (units > 0)
);

-- Asked at commit: what a transfer says it sent is what left the ledger, and what it says arrived is what came in.
create function a_transfer_is_what_the_ledger_moved() returns trigger language plpgsql as $$
declare
  gone bigint;
  come bigint;
begin
  select coalesce(-sum(delta), 0) into gone from stock_movement
  where cause = 'transfer ' || new.transfer_id and sku = new.sku and reason = 'TRANSFER_OUT';
  select coalesce(sum(m.delta), 0) into come from transfer_receipt r
  join stock_movement m on m.cause = 'transfer ' || r.transfer_id || ' receipt ' || r.receipt_id
    and m.sku = r.sku and m.reason = 'TRANSFER_IN'
  where r.transfer_id = new.transfer_id and r.sku = new.sku;
  if gone <> new.sent or come <> new.received then
    raise exception 'transfer % of %: % units left and % came in by the ledger', new.transfer_id, new.sku, gone, come
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger a_transfer_is_what_the_ledger_moved after insert or update on transfer_line
  deferrable initially deferred for each row execute function a_transfer_is_what_the_ledger_moved();

-- A pool is a set of locations; a location is in one pool, an account draws on one. Whoever is not named here belongs to
-- `default`.
create table pool (
  pool text primary key
);

insert into pool (pool) values ('default');

create table pool_location (
  location text primary key,
  pool     text not null references pool,
  constraint default_is_every_other_location check (pool <> 'default')
);

create table pool_account (
  account text primary key,
  pool    text not null references pool,
  constraint default_is_every_other_account check (pool <> 'default')
);

-- Which pool a location or an account belongs to, as it stays until the end of the transaction: whoever decides shares a
-- lock, and whoever changes a pool takes it alone. In a function, because the rows must be read after the lock is there.
create function hold_pools() returns table (kind text, name text, pool text) language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(72001);
  return query select 'LOCATION', l.location, l.pool from pool_location l
               union all select 'ACCOUNT', a.account, a.pool from pool_account a;
end $$;

-- A position counts in the pool of its location.
create function a_position_lies_in_the_pool_of_its_location() returns trigger language plpgsql as $$
declare
  belongs text;
  held bigint;
begin
  select coalesce((select l.pool from pool_location l where l.location = new.location), 'default') into belongs;
  if belongs <> new.pool then
    raise exception 'stock_position %/%: its location belongs to pool %, not %', new.sku, new.location, belongs, new.pool
      using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and old.pool <> new.pool then
    select coalesce(sum(p.on_hand), 0) into held from stock_position p where p.sku = old.sku and p.pool = old.pool;
    if held <> (select p.on_hand from pool_position p where p.pool = old.pool and p.sku = old.sku) then
      raise exception 'pool_position %/%: its locations hold %', old.pool, old.sku, held
        using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$;

create constraint trigger a_position_lies_in_the_pool_of_its_location after insert or update of pool on stock_position
  deferrable initially deferred for each row execute function a_position_lies_in_the_pool_of_its_location();
