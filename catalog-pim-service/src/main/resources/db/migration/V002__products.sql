-- A product is what buyers see on one page, a variant what they can buy of it. A SKU belongs to one product, variants of
-- a product differ in their options, and a barcode has its check digit, whatever the program does.

-- GS1 General Specifications, mod-10: from the right, every second digit counts three times.
create function gtin_is_sound(gtin text) returns boolean immutable strict language sql as $$
  select case when gtin ~ '^([0-9]{8}|[0-9]{12,14})$' then (
    select sum(substr(reverse(gtin), place, 1)::integer * case when place % 2 = 0 then 3 else 1 end) % 10 = 0
    from generate_series(1, length(gtin)) place)
  else false end
$$;

create table product (
  -- Sorted by bytes, so that a cursor means the same on every machine.
  product_id   text collate "C" primary key,
  version      bigint not null,
  status       text not null,
  title        text not null,
  description  text not null,
  brand        text,
  product_type text not null,
  bullets      text[] not null,
  images       text[] not null,
  attributes   jsonb not null,
  changed_at   timestamptz not null,
  constraint versions_begin_at_one check (version >= 1),
  constraint product_is_active_or_not check (status in ('ACTIVE', 'INACTIVE')),
  constraint product_texts_are_not_blank check (
    product_id <> '' and title <> '' and product_type <> '' and brand <> '')
);

create table product_variant (
  sku            text collate "C" primary key,
  product_id     text collate "C" not null references product,
  position       integer not null,
  status         text not null,
  gtin           text,
  -- [{"name": "Size", "value": "M"}], in the order in which they are shown.
  options        jsonb not null,
  attributes     jsonb not null,
  price_minor    bigint,
  price_currency text,
  -- Deferred, because one change may hand options from one variant to another.
  constraint variants_stand_in_one_order unique (product_id, position) deferrable initially deferred,
  constraint variants_differ_in_options unique (product_id, options) deferrable initially deferred,
  constraint variant_is_active_or_not check (status in ('ACTIVE', 'INACTIVE')),
  constraint gtin_has_its_check_digit check (gtin_is_sound(gtin)),
  constraint price_is_whole_or_absent check (
    (price_minor is null and price_currency is null)
    or (price_minor >= 0 and price_currency ~ '^[A-Z]{3}$')),
  constraint sku_is_not_blank check (sku <> '')
);

-- What an offer says beside its SKU, and what its channel answered.
alter table offer
  -- The hub keeps what buyers read and pay. False: it keeps the number only.
  add column managed                   boolean not null default false,
  add column title                     text,
  add column price_minor               bigint,
  add column price_currency            text,
  -- The channel's ids as the connector read them; a person's own (variant_id, inventory_item_id) go first.
  add column learnt_variant_id         text,
  add column learnt_inventory_item_id  text,
  -- Why its content cannot be announced: [{"field": "title", "reason": "..."}].
  add column obstacles                 jsonb not null default '[]',
  -- A digest of what was announced last, so that what did not change is not announced again.
  add column said                      text,
  -- How the channel answered, newest first by the connector's sequence.
  add column sync_sequence             bigint not null default 0,
  add column report                    jsonb,
  add constraint only_managed_offers_have_own_content check (
    managed or (title is null and price_minor is null)),
  add constraint offer_price_is_whole_or_absent check (
    (price_minor is null and price_currency is null)
    or (price_minor >= 0 and price_currency ~ '^[A-Z]{3}$')),
  add constraint own_texts_are_not_blank check (
    title <> '' and learnt_variant_id <> '' and learnt_inventory_item_id <> '');

drop index one_offer_per_variant_and_place;
create unique index one_offer_per_variant_and_place
  on offer (account, (coalesce(variant_id, learnt_variant_id)), channel_location)
  nulls not distinct where coalesce(variant_id, learnt_variant_id) is not null;

create index offer_with_obstacles on offer (offer) where obstacles <> '[]';
