-- Whether stock knows a SKU, in whichever pool, is asked for every batch that may name one it does not know.
create index pool_position_by_sku on pool_position (sku);
