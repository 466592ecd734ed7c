-- Granted numbers that stood at their channel already and needed no write: they are settled by a reading.
create index sync_target_unspent on sync_target (account)
  where active and escrow and spent_permit is distinct from permit;
