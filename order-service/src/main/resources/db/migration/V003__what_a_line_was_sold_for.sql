-- What the buyer pays for a line: the bound of every refund (I7). Lines from before, and those of orders whose channel
-- has not said a price yet, have no sale.
alter table order_line
  add column ordered    integer not null default 0,
  add column paid_minor bigint,
  add constraint a_sale_has_units check (
    (ordered = 0 and paid_minor is null) or (ordered > 0 and paid_minor >= 0));
