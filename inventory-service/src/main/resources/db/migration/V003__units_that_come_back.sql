-- A buyer sent units back, and they are fit to be sold again. `cause` is `return:<restock id>`, so the rule that a cause
-- moves a position once holds for restocks too.
alter table stock_movement drop constraint reason_is_known;
alter table stock_movement add constraint reason_is_known
  check (reason in ('RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'COUNT', 'FOUND', 'RETURN'));

-- Whatever its SKU and location: a restock is booked once, ever.
create unique index a_restock_is_booked_once on stock_movement (cause) where reason = 'RETURN';
