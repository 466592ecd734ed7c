-- How much of what can be promised each offer shows, why, and what it was told when.

-- A field that is null says nothing: a less particular row is asked for it. So every field needs to be able to be null.
alter table availability_setting
  alter column safety_stock drop not null, alter column safety_stock drop default,
  alter column minimum drop not null, alter column minimum drop default,
  add column safety_percent integer,
  add column oversell_probability double precision,
  add column share integer,
  add column reserve integer,
  add column locations text[],
  add column made_to_order integer,
  add column discontinued boolean,
  add column low_stock integer,
  add column low_stock_recovery integer,
  add constraint no_reserve_below_zero check (reserve >= 0),
  add constraint nothing_is_made_below_zero check (made_to_order >= 0),
  add constraint a_percentage_is_one check (safety_percent between 0 and 100 and share between 0 and 100),
  add constraint a_probability_is_one check (oversell_probability > 0 and oversell_probability < 1),
  add constraint low_stock_is_of_a_sku check (account = '*' or (low_stock is null and low_stock_recovery is null)),
  add constraint recovery_is_not_below_low_stock check (low_stock >= 0 and low_stock_recovery >= low_stock);

create index availability_setting_by_sku on availability_setting (sku, account);

-- SKUs whose offers are to be decided anew by the sweep, in bounded steps. A SKU may stand here twice: who holds its pool
-- must not wait for the sweep, which waits for the pool.
create table availability_due (
  seq   bigint generated always as identity primary key,
  sku   text not null,
  since timestamptz not null
);

-- What the channel was told with the quantity: which publication granted it, and the units ever sold by then.
alter table offer
  add column announced_permit bigint,
  add column announced_sold bigint,
  add column announced_mode text not null default 'SHARED',
  add constraint announced_mode_is_known check (announced_mode in ('SHARED', 'ESCROW'));

-- Everything that was ever announced, with what it was decided upon. Sequences are microseconds of the clock, so a
-- partition holds a day of them. `inputs` is the stock as of then, the rule that counted and where each limit came from.
create table publication (
  offer    text not null,
  sequence bigint not null,
  account  text not null,
  sku      text not null,
  permit   bigint not null,
  quantity integer not null,
  booked   bigint not null,
  sold     bigint not null,
  mode     text not null,
  terms    jsonb not null,
  inputs   jsonb not null,
  at       timestamptz not null,
  primary key (offer, sequence)
) partition by range (sequence);

create index publication_by_time on publication (offer, at, sequence);

-- Holds what no day holds: the newest publication of an offer that was quiet for longer than publications are kept.
create table publication_other partition of publication default;

create function publication_day(day date) returns bigint language sql immutable as $$
  select (extract(epoch from day::timestamp) * 1000000)::bigint
$$;

-- Makes the partitions of these days where they are missing. A day whose publications already lie elsewhere is left out.
create function publication_partitions(first date, days integer) returns integer language plpgsql as $$
declare
  made integer := 0;
  day date;
  name text;
begin
  for day in select first + i from generate_series(0, days - 1) as i loop
    name := 'publication_' || to_char(day, 'YYYYMMDD');
    if to_regclass(name) is null and not exists (
        select from publication_other
        where sequence >= publication_day(day) and sequence < publication_day(day + 1)) then
      execute format('create table %I partition of publication for values from (%s) to (%s)',
                     name, publication_day(day), publication_day(day + 1));
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

select publication_partitions((now() at time zone 'UTC')::date, 8);

-- Forgets whole days that were over before this one, by dropping their partitions. The newest publication of an offer is
-- moved where what no day holds lies, and stays until the offer has a newer one.
create function forget_publications(before date) returns integer language plpgsql as $$
declare
  forgotten integer := 0;
  name text;
begin
  perform set_config('lock_timeout', '5s', true);
  for name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'publication'::regclass and c.relname ~ '^publication_[0-9]{8}$'
      and c.relname < 'publication_' || to_char(before, 'YYYYMMDD')
    order by 1
  loop
    execute format('alter table publication detach partition %I', name);
    execute format('insert into publication select p.* from %I p join offer o
                    on o.offer = p.offer and o.announced_sequence = p.sequence', name);
    execute format('drop table %I', name);
    forgotten := forgotten + 1;
  end loop;
  delete from publication_other p
  where p.at < before and not exists (
    select from offer o where o.offer = p.offer and o.announced_sequence = p.sequence);
  return forgotten;
end $$;

-- Sums of the ledger in blocks of 200 movements of a position, so that a sum over a million movements reads some thousand
-- rows. A block is written with the movement that ends it, and never again.
create table movement_block (
  sku       text not null,
  location  text not null,
  through   bigint not null,
  reason    text not null,
  movements integer not null,
  units     bigint not null,
  primary key (sku, location, through, reason),
  constraint a_block_is_full check (through % 200 = 0)
);

create function sum_full_blocks() returns trigger language plpgsql as $$
begin
  insert into movement_block (sku, location, through, reason, movements, units)
  select b.sku, b.location, b.number, m.reason, count(*), sum(m.delta)
  from added b
  join stock_movement m
    on m.sku = b.sku and m.location = b.location and m.number > b.number - 200 and m.number <= b.number
  where b.number % 200 = 0
  group by b.sku, b.location, b.number, m.reason;
  return null;
end $$;

create trigger sum_full_blocks after insert on stock_movement
  referencing new table as added for each statement execute function sum_full_blocks();

insert into movement_block (sku, location, through, reason, movements, units)
select sku, location, (number + 199) / 200 * 200, reason, count(*), sum(delta)
from stock_movement m
where (number + 199) / 200 * 200 <= (select max(number) from stock_movement l where l.sku = m.sku and l.location = m.location)
group by 1, 2, 3, 4;

-- How each offer stands at its channel, as the connector told last.
create table offer_channel (
  offer                 text primary key,
  sequence              bigint not null,
  account               text not null,
  compares              boolean,
  restocks              boolean,
  acknowledged_sequence bigint,
  acknowledged_quantity integer,
  acknowledged_at       timestamptz,
  outstanding_sequence  bigint,
  outstanding_quantity  integer,
  outstanding_at        timestamptz,
  read_quantity         integer,
  read_at               timestamptz
);

-- How the units of a SKU in a pool are divided: shown everywhere, or in escrow. `manual` is what a person decided.
create table sku_mode (
  pool   text not null,
  sku    text not null,
  mode   text not null,
  manual text,
  since  timestamptz not null,
  primary key (pool, sku),
  constraint mode_is_known check (mode in ('SHARED', 'ESCROW') and manual in ('SHARED', 'ESCROW'))
);

create index sku_mode_divided on sku_mode (sku) where mode = 'ESCROW';

-- Units that channels can still sell although they cannot be promised any longer: counted, lost, or shown before the SKU
-- was divided. They are being pushed down.
create table stock_at_risk (
  pool  text not null,
  sku   text not null,
  units integer not null,
  since timestamptz not null,
  primary key (pool, sku),
  constraint a_risk_has_units check (units > 0)
);

-- How fast offers sell, in buckets of equal length, and how long numbers take to the channels of an account. Statistics:
-- they size buffers and divide units, and no promise rests on them.
create table offer_velocity (
  offer     text primary key,
  mean      double precision not null,
  variance  double precision not null,
  chance    double precision not null,
  size      double precision not null,
  buckets   bigint not null,
  since     timestamptz not null,
  sold_then bigint not null
);

create table push_lag (
  account          text primary key,
  mean_millis      bigint not null,
  deviation_millis bigint not null,
  samples          bigint not null
);

-- Pools that fell to their threshold and have not recovered since.
create table low_stock (
  pool      text not null,
  sku       text not null,
  threshold integer not null,
  since     timestamptz not null,
  primary key (pool, sku)
);
