-- What is settled: of which number it is proved what the channel can still sell (design section 5, E4, E6, E7).

-- Units ever ordered through a line, those removed since included: it never falls. Of what was removed before this
-- column there is no record.
alter table channel_order_line add ordered integer not null default 0;
update channel_order_line set ordered = greatest(quantity, shipped);
alter table channel_order_line add constraint ordered_covers_what_is_wanted check (ordered >= quantity);

drop index channel_order_line_by_variant;
drop index channel_order_line_by_sku;
create index channel_order_line_by_variant on channel_order_line (account, variant_id)
  include (channel_sku, channel_location, quantity, shipped, ordered) where ordered > 0;
create index channel_order_line_by_sku on channel_order_line (account, channel_sku)
  include (variant_id, channel_location, quantity, shipped, ordered) where ordered > 0;

-- escrow:         whether the number was granted out of a divided stock, and may be applied once per permit
-- permit:         the publication that granted it
-- spent_permit:   the permit that must not be applied again
-- desired_sold:   units ever booked as sold through the offer; null where inventory does not say
-- outcome_unknown: nobody knows whether the accepted number was taken at all
-- settle_look_at: from when on a reading settles a number that was on its way; null where none is to
-- cancelled_seen: units of cancelled sales that were booked before the last reading
-- settled_*:      the newest number that is settled, as it was announced
alter table sync_target
  add column escrow            boolean not null default false,
  add column permit            bigint,
  add column spent_permit      bigint,
  add column desired_sold      bigint,
  add column outcome_unknown   boolean not null default false,
  add column settle_look_at    timestamptz,
  add column cancelled_seen    bigint not null default 0,
  add column settled_sequence  bigint,
  add column settled_quantity  bigint,
  add column settled_sold      bigint,
  add column settled_cancelled bigint,
  add column settled_at        timestamptz;

update sync_target set permit = desired_sequence;

alter table sync_target
  add constraint permit_comes_with_a_number check ((permit is null) = (desired_sequence is null)),
  add constraint settled_is_whole check (
    (settled_sequence is null) = (settled_quantity is null) and (settled_sequence is null) = (settled_sold is null));

create index sync_target_settle_look on sync_target (account, settle_look_at)
  where active and settle_look_at is not null;
create index sync_target_credit on sync_target (account)
  where active and escrow and desired_sold - desired_booked > cancelled_seen;

-- The permit of each number of a call, and the one that was spent before, which is spent again when nothing happened.
alter table stock_write_line
  add column permit       bigint,
  add column spent_before bigint;
update stock_write_line set permit = sequence;
alter table stock_write_line alter column permit set not null;

-- Numbers that stood at a channel, until a poll that began afterwards is complete and booked.
--   stood_at:         when it was known to stand, by this clock
--   through_sequence: every availability up to this one stood there by then, or never will
--   cancelled:        units of cancelled sales announced before it was read; null for a number that was written
--   sold:             units ordered through the offer, as announced when the poll ended; null until it has
create table standing_number (
  offer            text not null,
  stood_at         timestamptz not null,
  account          text not null,
  through_sequence bigint not null,
  quantity         bigint not null,
  cancelled        bigint,
  sold             bigint,
  primary key (offer, stood_at)
);

create index standing_number_open on standing_number (account, stood_at) where sold is null;

-- Numbers that a channel may still carry out, whatever it shows: the oldest permit of those that are on their way until
-- the same moment, which is rounded up, so that there are few.
create table number_on_its_way (
  offer   text not null,
  until   timestamptz not null,
  permit  bigint not null,
  primary key (offer, until)
);
