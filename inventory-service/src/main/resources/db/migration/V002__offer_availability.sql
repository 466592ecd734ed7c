-- What each offer should show at its channel, and by how much its channel lowered its own number.

create table offer (
  offer              text primary key,
  listing_sequence   bigint not null,
  account            text not null,
  channel            text not null,
  sku                text not null,
  active             boolean not null,
  -- What was announced last. Null before the first announcement.
  announced_sequence bigint not null default 0,
  announced_quantity integer,
  announced_booked   bigint,
  constraint no_quantity_below_zero check (announced_quantity >= 0)
);

create index offer_by_sku on offer (sku);
create index offer_by_account on offer (account, offer);

-- Apart from the offer, because a sale may be booked before the listing is known here.
create table offer_sales (
  offer  text primary key,
  booked bigint not null,
  constraint no_sales_below_zero check (booked >= 0)
);

-- `*` stands for every account or every SKU; the most particular row counts, a SKU being more particular than an account.
create table availability_setting (
  account      text not null,
  sku          text not null,
  safety_stock integer not null default 0,
  minimum      integer not null default 0,
  maximum      integer,
  primary key (account, sku),
  constraint no_limits_below_zero check (safety_stock >= 0 and minimum >= 0 and maximum >= 0)
);
