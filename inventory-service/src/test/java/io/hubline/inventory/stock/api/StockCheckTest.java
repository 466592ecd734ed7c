package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.StockState;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody goes around the books with SQL.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class StockCheckTest {

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    StockCheckTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void stock() {
        warehouse.receive(sku, "berlin", 5);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_position_cannot_leave_its_ledger() {
        assertThatThrownBy(() -> sql("update stock_position set on_hand = on_hand + 1 where sku = '%s'"))
                .hasMessageContaining("on_hand_is_what_the_last_movement_left");
        assertThatThrownBy(() -> sql("update pool_position set on_hand = on_hand + 1 where sku = '%s'"))
                .hasMessageContaining("its locations hold 5");
    }

    @Test
    void a_movement_cannot_be_changed_or_left_out() {
        assertThatThrownBy(() -> sql("update stock_movement set delta = 6 where sku = '%s'"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> sql("delete from stock_movement where sku = '%s'"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> sql("""
                        insert into stock_movement (id, sku, location, number, delta, on_hand_before, on_hand_after,
                                                    reason, cause, actor, recorded_at)
                        values (gen_random_uuid(), '%s', 'berlin', 3, 1, 6, 7, 'RECEIPT', 'x', 'x', now())
                        """)).hasMessageContaining("a_movement_starts_where_the_last_one_ended");
    }

    @Test
    void no_more_can_be_promised_than_lies_there() {
        assertThatThrownBy(() -> sql("update pool_position set reserved = 6 where sku = '%s'"))
                .hasMessageContaining("reserved_within_on_hand_and_short");
        assertThatThrownBy(() -> sql("update pool_position set reserved = 6, short = 1 where sku = '%s'"))
                .hasMessageContaining("short may rise only where units are lost");
    }

    @Test
    void an_edited_sum_is_found_and_mended() throws SQLException {
        Orders waiting = order().wants("1", sku, 3);
        sql("update pool_position set reserved = 4 where sku = '%s'");
        warehouse.tell(Topic.ORDERS, waiting.tell());
        warehouse.hear(waiting.id(), 1);
        assertThat(drifts(false)).contains("pool_position.reserved");

        assertThat(drifts(true)).contains("pool_position.reserved");

        assertThat(drifts(false)).isEmpty();
        assertThat(warehouse.hear(waiting.id(), 2).getLast()).isInstanceOf(OrderReserved.class);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(3);
        assertThat(warehouse
                        .kafka()
                        .events(Topic.STOCK, sku, StockState.class)
                        .getLast()
                        .reserved())
                .isEqualTo(3);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select actor from audit_entry where action = 'stock.repaired' and subject_id = '" + sku
                                + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("actor")).isEqualTo(Tokens.SUBJECT);
        }
    }

    @Test
    void an_edited_position_is_found_and_mended() throws SQLException {
        sql("""
                alter table stock_position drop constraint on_hand_is_what_the_last_movement_left;
                alter table stock_position disable trigger locations_hold_what_their_pool_holds;
                update stock_position set on_hand = on_hand + 2, allocated = 1 where sku = '%s';
                alter table stock_position enable trigger locations_hold_what_their_pool_holds;
                """);
        assertThat(drifts(false)).containsExactly("stock_position.allocated", "stock_position.on_hand");

        drifts(true);

        assertThat(drifts(false)).isEmpty();
        assertThat(warehouse.stock(sku).getInt("locations[0].onHand")).isEqualTo(5);
        sql("""
                alter table stock_position add constraint on_hand_is_what_the_last_movement_left
                foreign key (sku, location, last_movement, on_hand)
                references stock_movement (sku, location, number, on_hand_after)
                """);
    }

    private List<String> drifts(boolean repair) {
        JsonPath report = Tokens.as("operator")
                .post("/stock/check?repair=" + repair)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(report.getInt("compared.movements")).isPositive();
        return report.getList("drifts.findAll { it.sku == '" + sku + "' }.sum", String.class);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement.formatted(sku));
        }
    }
}
