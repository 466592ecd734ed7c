-- What each return of a channel looked like when it was last announced. Its order's row is its lock.
create table channel_return (
  account            text not null,
  channel_return_id  text not null,
  external_id        text not null,
  channel_updated_at timestamptz not null,
  content_hash       text not null,
  saved_number       bigint not null,
  announced_at       timestamptz not null,
  primary key (account, channel_return_id)
);

create index channel_return_by_order on channel_return (account, external_id);
