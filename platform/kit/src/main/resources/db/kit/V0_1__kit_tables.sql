-- What every service keeps so that no event is lost or doubled, no change is unexplained and no failure is unseen.

-- A row is an event that the broker has not acknowledged: the table is the backlog, and it stays tiny.
create table outbox (
  seq        bigint generated always as identity primary key,
  id         uuid not null unique,
  topic      text not null,
  key        text,
  type       text,
  payload    text,
  headers    jsonb not null,
  created_at timestamptz not null,
  attempts   integer not null default 0,
  last_error text
);

-- Asked only while some key cannot leave: has this key an older row?
create index outbox_by_key on outbox (topic, key, seq);

-- Every row is inserted and deleted once: without this, the head of the index would fill with the dead.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table inbox (
  consumer   text not null,
  event_id   uuid not null,
  handled_at timestamptz not null,
  primary key (consumer, event_id)
);

create index inbox_by_age on inbox (handled_at);

create table audit_entry (
  id           uuid primary key,
  at           timestamptz not null,
  actor        text not null,
  action       text not null,
  subject_type text not null,
  subject_id   text not null,
  before       jsonb,
  after        jsonb
);

create index audit_entry_by_subject on audit_entry (subject_type, subject_id, id);

create table dead_letter (
  id               uuid primary key,
  topic            text not null,
  source_topic     text not null,
  partition        integer not null,
  "offset"         bigint not null,
  broker_time      timestamptz not null,
  key              text,
  event_id         uuid,
  type             text,
  payload          text,
  headers          jsonb not null,
  reason           text not null,
  replay_of        uuid references dead_letter,
  recorded_at      timestamptz not null,
  status           text not null default 'open',
  settled_at       timestamptz,
  settled_by       text,
  -- The time tells a letter from one at the same place of a topic that was made anew.
  constraint recorded_once unique (topic, partition, "offset", broker_time),
  constraint open_or_settled check (
    (status = 'open' and settled_at is null and settled_by is null)
    or (status in ('replayed', 'dismissed') and settled_at is not null and settled_by is not null))
);

create index dead_letter_open on dead_letter (id) where status = 'open';
create index dead_letter_open_event on dead_letter (event_id) where status = 'open';
