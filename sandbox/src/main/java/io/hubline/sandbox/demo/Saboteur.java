package io.hubline.sandbox.demo;

import io.hubline.sandbox.demo.Inspection.Databases;
import java.util.List;
import java.util.stream.Collectors;

/// Damages a running hub from outside, as a superuser of its databases and as a stranger in a shop.
final class Saboteur {

    private final Databases databases;
    private final Shops shops;

    Saboteur(Databases databases, Shops shops) {
        this.databases = databases;
        this.shops = shops;
    }

    /// What has to be in place before trade begins: a trap that deletes one row of an outbox in the moment
    /// it is written, since a relay leaves no row lying about for longer.
    void prepare(Sabotage sabotage) {
        if (sabotage != Sabotage.DELETE_OUTBOX_ROW) {
            return;
        }
        try (Database orders = databases.open("orders")) {
            orders.change("create table sabotage (done boolean primary key)");
            orders.change("""
                    create function sabotage_outbox() returns trigger language plpgsql security definer as $$
                    begin
                      insert into sabotage values (true) on conflict do nothing;
                      if found then delete from outbox where seq = new.seq; end if;
                      return null;
                    end $$
                    """);
            orders.change("""
                    create trigger sabotage_outbox after insert on outbox
                    for each row when (new.type = 'order.released.v1') execute function sabotage_outbox()
                    """);
        }
    }

    /// Does the damage, once everything has settled; answers what was done.
    ///
    /// @throws IllegalStateException when it could not be done, for then the verdict would say nothing
    String strike(Sabotage sabotage) throws InterruptedException {
        return switch (sabotage) {
            case DELETE_OUTBOX_ROW -> outboxRowDeleted();
            case EDIT_POSITION -> editPosition();
            case CHANGE_SHOP_NUMBER -> shops.changeOneNumberBehindTheHubsBack();
            case DOUBLE_ORDER -> doubleOrder();
            case PLANT_CARD_NUMBER -> plantCardNumber();
        };
    }

    private String outboxRowDeleted() {
        try (Database orders = databases.open("orders")) {
            done(orders.number("select count(*) from sabotage") == 1, "no outbox row was there to delete");
            return "deleted one row of the outbox of order-service";
        }
    }

    private String editPosition() {
        try (Database inventory = databases.open("inventory")) {
            inventory.change("set session_replication_role = replica");
            int rows = inventory.change("""
                    update stock_position set on_hand = on_hand + 1
                    where (sku, location) = (select sku, location from stock_position order by 1, 2 limit 1)
                    """);
            done(rows == 1, "there is no position to edit");
            return "added a unit to a position without a movement";
        }
    }

    private String doubleOrder() {
        try (Database orders = databases.open("orders")) {
            orders.change("alter table customer_order drop constraint one_order_per_external_order");
            List<String> columns = orders.rows(
                    "select column_name from information_schema.columns where table_name = 'customer_order'",
                    row -> row.getString(1));
            String copied = columns.stream()
                    .filter(column -> !column.equals("order_id"))
                    .collect(Collectors.joining(", "));
            int rows = orders.change("insert into customer_order (order_id, %s) select gen_random_uuid(), %s from %s"
                    .formatted(copied, copied, "(select * from customer_order order by order_id limit 1) one"));
            done(rows == 1, "there is no order to double");
            return "inserted a second order, with another id, for one external order";
        }
    }

    private String plantCardNumber() {
        try (Database orders = databases.open("orders")) {
            int rows = orders.change("""
                    insert into audit_entry (id, at, actor, action, subject_type, subject_id, after)
                    values (gen_random_uuid(), now(), 'stranger', 'note', 'order', '-',
                            '{"note": "paid with 4111 1111 1111 1111"}')
                    """);
            done(rows == 1, "the note was not written");
            return "wrote a card number into a table of order-service";
        }
    }

    private static void done(boolean done, String otherwise) {
        if (!done) {
            throw new IllegalStateException(otherwise);
        }
    }
}
