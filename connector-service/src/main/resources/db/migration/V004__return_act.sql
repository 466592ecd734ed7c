-- What the channel is told of returns: money back, and the seller's answers.
alter table act drop constraint kind_is_known;
alter table act add constraint kind_is_known check (kind in ('ship', 'cancel', 'refund', 'return-answer'));

-- The highest version seen per return: an answer that was overtaken is not told any more.
create table return_seen (
  return_id text primary key,
  version   bigint not null
);
