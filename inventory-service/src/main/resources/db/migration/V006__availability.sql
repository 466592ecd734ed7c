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

-- SKUs whose offers are to be decided anew, by a sweep in bounded steps: a setting that concerns many of them.
create table availability_due (
  sku   text primary key,
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
