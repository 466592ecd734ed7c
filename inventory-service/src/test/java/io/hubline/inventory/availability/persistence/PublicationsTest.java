package io.hubline.inventory.availability.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.Warehouse;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Publications;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class PublicationsTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-10T08:00:00Z");
    private static final long FIRST = LONG_AGO.toEpochMilli() * 1_000;

    private final Publications publications;
    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();

    PublicationsTest(Publications publications, DataSource database) {
        this.publications = publications;
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void old_days_are_forgotten_and_the_newest_of_each_offer_is_kept() throws SQLException {
        String sku = Warehouse.sku();
        String quiet = warehouse.offer("shop-a", sku);
        String lively = warehouse.offer("shop-b", sku);
        publications.makeRoom(LONG_AGO, 1);
        publish(quiet, FIRST);
        publish(quiet, FIRST + 1);
        publish(lively, FIRST + 2);
        execute("update offer set announced_sequence = " + (FIRST + 1) + " where offer = '" + quiet + "'");

        int forgotten = publications.forget(LONG_AGO.plusSeconds(3 * 86_400));

        assertThat(forgotten).isEqualTo(1);
        assertThat(publications.find(quiet, FIRST)).isEmpty();
        assertThat(publications.find(quiet, FIRST + 1)).hasSize(1);
        assertThat(publications.find(lively, FIRST + 2)).isEmpty();
        assertThat(publications.asOf(lively, Instant.parse("2100-01-01T00:00:00Z")))
                .extracting(Publication::quantity)
                .containsExactly(0);
    }

    @Test
    void what_no_day_holds_is_kept_until_there_is_a_newer_one() throws SQLException {
        String offer = warehouse.offer("shop-a", Warehouse.sku());
        publish(offer, FIRST - 86_400_000_000L);

        publications.forget(LONG_AGO.plusSeconds(3 * 86_400));

        assertThat(publications.find(offer, FIRST - 86_400_000_000L)).isEmpty();
        assertThat(publications.asOf(offer, Instant.parse("2100-01-01T00:00:00Z")))
                .hasSize(1);
    }

    private void publish(String offer, long sequence) throws SQLException {
        execute("""
                insert into publication
                  (offer, sequence, account, sku, permit, quantity, booked, sold, mode, terms, inputs, at)
                select offer, %d, account, sku, permit, quantity, booked, sold, mode, terms, inputs, '%s'
                from publication where offer = '%s' order by sequence desc limit 1
                """.formatted(sequence, LONG_AGO, offer));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
