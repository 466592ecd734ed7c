-- What the tests' service does, so that a test can count it.

create table effect (
  seq  bigint generated always as identity primary key,
  key  text not null,
  text text not null
);

create table counter (
  name  text primary key,
  value integer not null
);

create table note (
  id    uuid primary key,
  words text
);
