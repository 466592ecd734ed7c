package io.hubline.inventory.availability.messaging;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.EventName;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockAlert.LowStock;
import io.hubline.contracts.inventory.StockAlert.Oversold;
import io.hubline.contracts.inventory.StockAlert.StockRecovered;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class StockAlertsTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void each_crossing_of_a_threshold_is_told_once() {
        warehouse.limit("*", sku, Map.of("lowStock", 5, "lowStockRecovery", 8));
        warehouse.receive(sku, "berlin", 10);

        for (int delta : new int[] {-4, -1, -1, 2, 2, -1, 2, -6}) {
            warehouse.adjust(sku, "berlin", delta);
        }

        // 10, 6, 5 (low), 4, 6, 8, 7, 9 (well again), 3 (low)
        await().untilAsserted(() -> assertThat(told(LowStock.class)).hasSize(2));
        assertThat(told(LowStock.class)).extracting(LowStock::promisable).containsExactly(5, 3);
        assertThat(told(LowStock.class)).extracting(LowStock::threshold).containsOnly(5);
        assertThat(told(StockRecovered.class))
                .extracting(StockRecovered::promisable)
                .containsExactly(9);
    }

    @Test
    void what_is_promised_counts_and_a_threshold_is_compared_as_soon_as_it_is_set() {
        warehouse.receive(sku, "berlin", 10);
        Orders sold = order().wants("1", sku, 7);
        warehouse.tell(Topic.ORDERS, sold.tell());
        warehouse.hear(sold.id(), 1);

        warehouse.limit("*", sku, Map.of("lowStock", 3));

        await().untilAsserted(() -> assertThat(told(LowStock.class))
                .extracting(LowStock::promisable)
                .containsExactly(3));
    }

    @Test
    void a_sale_of_more_than_there_is_is_told_with_the_offer_that_made_it() {
        warehouse.receive(sku, "berlin", 3);
        String offer = warehouse.offer("shop-a", sku);

        Orders sold = order().wants("1", sku, 5, offer);
        warehouse.tell(Topic.ORDERS, sold.tell());

        await().untilAsserted(() -> assertThat(told(Oversold.class)).hasSize(1));
        Oversold alert = told(Oversold.class).getFirst();
        assertThat(alert.units()).isEqualTo(2);
        assertThat(alert.orderId()).isEqualTo(sold.id());
        assertThat(alert.offer()).isEqualTo(offer);
        assertThat(alert.deficit()).isFalse();
    }

    @Test
    void an_oversell_after_a_count_that_found_less_is_told_as_a_deficit() {
        warehouse.receive(sku, "berlin", 3);
        Orders promised = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, promised.tell());
        warehouse.hear(promised.id(), 1);
        warehouse.adjust(sku, "berlin", -2);

        warehouse.tell(Topic.ORDERS, order().wants("1", sku, 1).tell());

        await().untilAsserted(() ->
                assertThat(told(Oversold.class)).extracting(Oversold::deficit).containsExactly(true));
    }

    @Test
    void what_is_made_to_order_is_never_oversold() {
        warehouse.limit("*", sku, Map.of("madeToOrder", 10));
        String offer = warehouse.offer("shop-a", sku);
        Orders made = order().wants("1", sku, 2, offer);
        warehouse.tell(Topic.ORDERS, made.tell());
        warehouse.hear(made.id(), 1);
        String other = Warehouse.sku();
        Orders sold = order().wants("1", other, 2);
        warehouse.tell(Topic.ORDERS, sold.tell());

        await().untilAsserted(() -> assertThat(warehouse.kafka().records(Topic.STOCK_ALERTS))
                .anyMatch(record -> other.equals(record.key())));
        assertThat(told(Oversold.class)).isEmpty();
    }

    private <T extends StockAlert> List<T> told(Class<T> kind) {
        String name = kind.getAnnotation(EventName.class).value();
        return warehouse.kafka().records(Topic.STOCK_ALERTS).stream()
                .filter(record -> sku.equals(record.key()))
                .filter(record ->
                        KafkaProbe.header(record, "ce_type").orElseThrow().equals(name))
                .map(record -> warehouse.kafka().read(record, kind))
                .toList();
    }
}
