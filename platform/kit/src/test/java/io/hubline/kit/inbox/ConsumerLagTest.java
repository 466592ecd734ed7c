package io.hubline.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.kit.app.Obstacle;
import io.hubline.kit.app.Told;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ConsumerLagTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Effects effects;

    @Inject
    Obstacle obstacle;

    @Inject
    ConsumerLag lag;

    @Inject
    MeterRegistry metrics;

    @Test
    void a_record_counts_as_waiting_until_it_is_applied_although_it_was_fetched() {
        String key = Ids.text();
        obstacle.put(key, Integer.MAX_VALUE, new SQLException("the database is away", "08006"));
        try (KafkaProbe kafka = KafkaProbe.open()) {
            kafka.send(Topic.ORDERS, new Told(key, "hello"), Ids.next());

            await().atMost(PATIENCE).until(() -> obstacle.tries(key) > 1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(waitingOn("orders")).isGreaterThanOrEqualTo(1));
            double acknowledged = figure("acknowledged", "orders");

            obstacle.remove(key);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(effects.of(key)).containsExactly("hello"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(waitingOn("orders")).isZero());
            assertThat(figure("acknowledged", "orders")).isGreaterThan(acknowledged);
            assertThat(waitingOn("orders.inventory.replay")).isZero();
        }
    }

    private double waitingOn(String topic) {
        lag.measure();
        return figure("lag", topic);
    }

    private double figure(String name, String topic) {
        return metrics.get("hubline.consumer." + name + ".records")
                .tag("group", "inventory")
                .tag("topic", topic)
                .gauge()
                .value();
    }
}
