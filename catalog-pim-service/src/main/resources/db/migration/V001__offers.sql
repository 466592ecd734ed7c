-- One row per sellable entry at a channel. Its two rights (the channel SKU, the variant) are rights per account and
-- place, and hold whatever the program does.

create table offer (
  -- Sorted by bytes, so that a cursor means the same on every machine.
  offer             text collate "C" primary key,
  sequence          bigint not null,
  account           text not null,
  channel           text not null,
  channel_sku       text not null,
  variant_id        text,
  inventory_item_id text,
  channel_location  text,
  sku               text not null,
  status            text not null,
  constraint one_offer_per_channel_sku_and_place unique nulls not distinct (account, channel_sku, channel_location),
  constraint offer_is_active_or_not check (status in ('ACTIVE', 'INACTIVE')),
  constraint offer_texts_are_not_blank check (
    account <> '' and channel <> '' and channel_sku <> '' and sku <> ''
    and variant_id <> '' and inventory_item_id <> '' and channel_location <> '')
);

create unique index one_offer_per_variant_and_place on offer (account, variant_id, channel_location)
  nulls not distinct where variant_id is not null;

create index offer_by_account on offer (account, offer);
create index offer_by_sku on offer (sku, offer);
