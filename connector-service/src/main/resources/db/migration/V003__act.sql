-- What the channel is to be told once: a shipment, a cancellation. The id is the key that the act keeps over its tries.
create table act (
  id            uuid primary key,
  account       text not null,
  kind          text not null,
  order_id      text not null,
  external_id   text not null,
  subject       text not null,
  detail        jsonb not null,
  status        text not null,
  attempts      integer not null default 0,
  next_try_at   timestamptz not null,
  claimed_by    text,
  claimed_until timestamptz,
  progress      text,
  reason        text,
  next_step     text,
  created_at    timestamptz not null,
  settled_at    timestamptz,
  constraint told_once unique (kind, order_id, subject),
  constraint kind_is_known check (kind in ('ship', 'cancel')),
  constraint status_is_known check (status in ('pending', 'running', 'unknown', 'done', 'failed')),
  constraint failed_says_why check (status <> 'failed' or (reason is not null and next_step is not null))
);

create index act_open on act (account, next_try_at) where status in ('pending', 'running', 'unknown');
create index act_failed on act (account) where status = 'failed';
create index act_by_order on act (order_id, created_at);

-- The highest version seen per order.
create table order_seen (
  order_id text primary key,
  version  bigint not null
);
