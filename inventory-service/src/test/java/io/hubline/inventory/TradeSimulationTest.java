package io.hubline.inventory;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// Goal: orders over the same few SKUs in every order of locks, receipts beside them, changes, plans,
/// cancellations and copies, on a real database and a real broker, leave both books right and nothing
/// stuck. Method: random trade from a fixed seed; at the end the books are rebuilt from the ledger and the
/// announcements counted.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class TradeSimulationTest {

    private static final int ORDERS = 150;

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final List<String> skus =
            IntStream.range(0, 5).mapToObj(_ -> Warehouse.sku()).toList();

    TradeSimulationTest(DataSource database) {
        this.database = database;
    }

    @Test
    void trade_leaves_both_books_right() throws ExecutionException, InterruptedException {
        Random random = new Random(20261123);
        List<Orders> orders = IntStream.range(0, ORDERS).mapToObj(_ -> order()).toList();

        try (ExecutorService world = Executors.newFixedThreadPool(3)) {
            List<Future<?>> receiving = new ArrayList<>();
            for (int receiver = 0; receiver < 2; receiver++) {
                receiving.add(world.submit(() -> IntStream.range(0, 40)
                        .forEach(i -> warehouse.receive(skus.get(i % 5), i % 2 == 0 ? "berlin" : "hamburg", 5))));
            }
            for (Orders order : orders) {
                order.wants("1", any(random), 1 + random.nextInt(3));
                order.wants("2", any(random), 1 + random.nextInt(3));
                warehouse.tell(Topic.ORDERS, order.tell());
            }
            for (Future<?> receiver : receiving) {
                receiver.get();
            }
        }
        for (Orders order : orders) {
            OrderFacts last = change(order, random);
            if (random.nextInt(3) == 0) {
                plan(order, last);
            }
        }

        Map<String, Long> told = orders.stream().collect(Collectors.toMap(Orders::id, Orders::version));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(versions()).containsAllEntriesOf(told));
        assertThat(warehouse.check().getBoolean("clean")).isTrue();
        await().untilAsserted(() -> assertThat(unsent()).isZero());
        checkSequences(told);
    }

    private OrderFacts change(Orders order, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> order.cancelled();
            case 1 -> order.wants("1", any(random), random.nextInt(4));
            default -> order.wants("2", any(random), random.nextInt(2));
        }
        OrderFacts facts = order.next();
        var event = new OrderEvent.OrderLinesChanged(facts, facts.placedAt());
        var id = Ids.next();
        warehouse.kafka().send(Topic.ORDERS, event, id);
        if (random.nextInt(4) == 0) {
            warehouse.kafka().send(Topic.ORDERS, event, id);
        }
        return facts;
    }

    /// A plan for what was asked last, which may not be what is promised, or not yet.
    private void plan(Orders order, OrderFacts facts) {
        List<Assignment> assignments = facts.lines().stream()
                .filter(line -> line.quantity() > 0)
                .map(line -> new Assignment(line.lineId(), line.sku(), "berlin", line.quantity()))
                .toList();
        warehouse.tell(Topic.ROUTES, order.plan(1, Ids.text(), assignments.toArray(Assignment[]::new)));
    }

    private void checkSequences(Map<String, Long> told) {
        Map<String, List<Long>> sequences = warehouse.kafka().records(Topic.RESERVATIONS).stream()
                .filter(record -> told.containsKey(record.key()))
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(TradeSimulationTest::sequence, Collectors.toList())));
        assertThat(sequences).hasSize(ORDERS);
        sequences.forEach((order, all) -> assertThat(all)
                .as(order)
                .isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList()));
    }

    private static long sequence(ConsumerRecord<String, String> record) {
        return JsonPath.from(record.value()).getLong("sequence");
    }

    private String any(Random random) {
        return skus.get(random.nextInt(skus.size()));
    }

    private Map<String, Long> versions() throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select order_id, version from promise");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }

    private long unsent() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select count(*) from outbox");
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
