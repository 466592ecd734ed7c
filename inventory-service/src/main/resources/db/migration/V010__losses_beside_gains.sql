-- What came and what went are booked in one transaction where they are decided together. Then a pool may be short although
-- as much lies there as before: what came was promised, and after that something went. So the loss is looked for among the
-- movements of the transaction, when all of it is written.
drop trigger short_rises_only_with_a_loss on pool_position;

create or replace function short_rises_only_with_a_loss() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('hubline.repair', true), '') <> 'on' and not exists (
      select from stock_movement m join stock_position p using (sku, location)
      where m.sku = new.sku and p.pool = new.pool and m.delta < 0 and m.xmin = pg_current_xact_id()::xid) then
    raise exception 'pool_position %/%: short may rise only where units are lost', new.pool, new.sku
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger short_rises_only_with_a_loss after update on pool_position
  deferrable initially deferred for each row when (new.short > old.short and new.on_hand >= old.on_hand)
  execute function short_rises_only_with_a_loss();
