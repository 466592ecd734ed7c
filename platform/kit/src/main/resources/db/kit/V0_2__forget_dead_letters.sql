-- For the nightly purge: what was settled long ago, and which letter came of which.
create index dead_letter_settled on dead_letter (settled_at) where status <> 'open';
create index dead_letter_replay_of on dead_letter (replay_of) where replay_of is not null;
