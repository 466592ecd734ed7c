package io.hubline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.contracts.Topic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfrastructureResourceTest {

    @Test
    void every_start_finds_an_empty_world_on_the_same_servers() throws SQLException {
        Map<String, String> first = new InfrastructureResource().start();
        try (KafkaProbe probe = new KafkaProbe(broker(first))) {
            probe.send(Topic.ORDERS.topicName(), "order-1", "{}", Map.of("ce_type", "order.accepted.v1"));
            assertThat(probe.records(Topic.ORDERS)).hasSize(1);
        }
        execute(first, "create table note (text text)");

        Map<String, String> second = new InfrastructureResource().start();

        try (KafkaProbe probe = new KafkaProbe(broker(second))) {
            assertThat(probe.records(Topic.ORDERS)).isEmpty();
            assertThat(probe.records(Topic.ORDERS.deadLetter("inventory"))).isEmpty();
        }
        execute(second, "create table note (text text)");
        assertThat(broker(second)).isEqualTo(broker(first));
        assertThat(second.get("quarkus.oidc.public-key")).isEqualTo(first.get("quarkus.oidc.public-key"));
    }

    private static String broker(Map<String, String> configuration) {
        return value(configuration, "kafka.bootstrap.servers");
    }

    private static void execute(Map<String, String> configuration, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        value(configuration, "quarkus.datasource.jdbc.url"),
                        value(configuration, "quarkus.datasource.username"),
                        value(configuration, "quarkus.datasource.password"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Map<String, String> configuration, String key) {
        return configuration.getOrDefault(key, "");
    }
}
