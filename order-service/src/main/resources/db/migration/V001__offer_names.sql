-- What each channel calls the seller's SKUs, as the catalogue last said on `listings`.
create table offer (
  offer            text primary key,
  sequence         bigint not null,
  account          text not null,
  channel          text not null,
  channel_sku      text not null,
  variant_key      text,
  location_key     text,
  sku              text not null,
  status           text not null
);

create index offer_by_variant on offer (account, variant_key) where variant_key is not null;
create index offer_by_channel_sku on offer (account, channel_sku) where channel_sku <> '';
