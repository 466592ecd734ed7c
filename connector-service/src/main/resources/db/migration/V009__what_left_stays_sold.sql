-- A refund or a cancellation takes units off an order at the channel, those that have left as well. What left was sold all
-- the same: the channel does not count it as sellable again by itself, and the hub's books keep it as booked.
alter table channel_order_line add shipped integer not null default 0;
alter table channel_order_line add constraint shipped_is_not_negative check (shipped >= 0);

drop index channel_order_line_by_variant;
drop index channel_order_line_by_sku;
create index channel_order_line_by_variant on channel_order_line (account, variant_id) where greatest(quantity, shipped) > 0;
create index channel_order_line_by_sku on channel_order_line (account, channel_sku) where greatest(quantity, shipped) > 0;
