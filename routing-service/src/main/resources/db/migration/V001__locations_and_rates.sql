-- Where parcels leave and what they cost: data that the seller keeps by hand. A revision rises with every write, so
-- that orders without a plan notice that there is something new to try.

create table location (
  location_id text collate "C" primary key,
  name        text not null,
  country     text not null,
  region      text,
  enabled     boolean not null,
  cut_off     time
);

create table location_revision (
  only_row boolean primary key default true,
  revision bigint not null default 0,
  constraint there_is_one_location_revision check (only_row)
);

insert into location_revision default values;

create table rate (
  rate_id        text collate "C" primary key,
  location_id    text not null,
  country        text not null,
  region         text,
  carrier        text not null,
  service        text not null,
  base_minor     bigint not null,
  per_unit_minor bigint not null,
  currency       text not null,
  transit_days   integer not null,
  constraint a_parcel_is_never_paid_for_by_the_carrier check (base_minor >= 0 and per_unit_minor >= 0),
  constraint a_parcel_takes_no_negative_time check (transit_days >= 0)
);

create index rate_by_country on rate (country, rate_id);

create table rate_revision (
  only_row boolean primary key default true,
  revision bigint not null default 0,
  constraint there_is_one_rate_revision check (only_row)
);

insert into rate_revision default values;
