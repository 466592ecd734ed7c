-- A hundred thousand rows at a time: what is asked at commit is asked only of rows whose units changed, and in one
-- statement. A trigger `of on_hand` alone also fires where the column is set to what it was.

create or replace function a_pool_holds_what_its_locations_hold() returns trigger language plpgsql as $$
declare
  held bigint;
  said bigint;
begin
  select (select coalesce(sum(p.on_hand), 0) from stock_position p where p.sku = new.sku and p.pool = new.pool),
         (select coalesce(sum(p.on_hand), 0) from pool_position p where p.pool = new.pool and p.sku = new.sku)
  into held, said;
  if held <> said then
    raise exception 'pool_position %/%: its locations hold %', new.pool, new.sku, held
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- A row that begins with nothing changes no sum: none is as good as an empty one.
drop trigger a_pool_holds_what_its_locations_hold on pool_position;
create constraint trigger a_new_pool_holds_what_its_locations_hold after insert on pool_position
  deferrable initially deferred for each row when (new.on_hand <> 0)
  execute function a_pool_holds_what_its_locations_hold();
create constraint trigger a_pool_holds_what_its_locations_hold after update of on_hand on pool_position
  deferrable initially deferred for each row when (new.on_hand <> old.on_hand)
  execute function a_pool_holds_what_its_locations_hold();

drop trigger locations_hold_what_their_pool_holds on stock_position;
create constraint trigger new_locations_hold_what_their_pool_holds after insert on stock_position
  deferrable initially deferred for each row when (new.on_hand <> 0)
  execute function a_pool_holds_what_its_locations_hold();
create constraint trigger locations_hold_what_their_pool_holds after update of on_hand, pool on stock_position
  deferrable initially deferred for each row when (new.on_hand <> old.on_hand or new.pool <> old.pool)
  execute function a_pool_holds_what_its_locations_hold();

-- Rows that are changed again and again, in place where their page has room.
alter table pool_position set (fillfactor = 70);
alter table stock_position set (fillfactor = 70);
alter table stock_sequence set (fillfactor = 70);
alter table offer set (fillfactor = 70);
