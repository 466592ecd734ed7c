-- What was left of each slow quota when it was last spent. Redis shares the buckets and may forget them; one that takes
-- hours to fill again is worth remembering.
create table quota_memory (
  bucket text primary key,
  tokens double precision not null,
  at     timestamptz not null
);
