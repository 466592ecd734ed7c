package io.hubline.connector.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.StubShopResource;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.sql.Sql;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.DueReading;
import io.hubline.connector.sync.domain.DueReading.Booking;
import io.hubline.connector.sync.domain.DueReading.Verdict;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Goal: a number that became the base because it was read is believed only once it was read again, as
/// expected, while every announced sale was booked. Method: the rows of an account that nothing works, read
/// as the readings would come.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class ConfirmationTest {

    private static final String ACCOUNT = "nobody";

    private final SyncTargets targets;
    private final Transactions transactions;
    private final Sql sql;

    ConfirmationTest(SyncTargets targets, Transactions transactions, Sql sql) {
        this.targets = targets;
        this.transactions = transactions;
        this.sql = sql;
    }

    @Test
    void the_first_number_read_is_to_be_confirmed() {
        String offer = firstRead("c1", 7);

        assertThat(awaitsConfirmation(offer)).isTrue();
    }

    @Test
    void a_glance_while_sales_may_be_open_confirms_nothing() {
        String offer = firstRead("c2", 7);

        read(offer, Verdict.CONFIRMED, Booking.OPEN, 7);

        assertThat(awaitsConfirmation(offer)).isTrue();
    }

    @Test
    void the_same_number_confirms_once_every_sale_is_booked() {
        String offer = firstRead("c3", 7);

        read(offer, Verdict.CONFIRMED, Booking.COMPLETE, 7);

        assertThat(awaitsConfirmation(offer)).isFalse();
    }

    @Test
    void sales_that_are_never_booked_put_it_off_and_do_not_confirm() {
        String offer = firstRead("c4", 7);
        long before = confirmSince(offer);

        read(offer, Verdict.CONFIRMED, Booking.OVERDUE, 7);

        assertThat(awaitsConfirmation(offer)).isTrue();
        assertThat(confirmSince(offer)).isGreaterThan(before);
    }

    @Test
    void a_sale_that_hid_in_the_number_is_found_when_it_is_booked() {
        String offer = firstRead("c5", 7);

        // The 7 were what an unknown sale had left: booked now, 6 are expected, and 7 are still there.
        transactions.run(() -> targets.apply(
                new DesiredQuantity(offer, ACCOUNT, 2, 6, 1, false, 2, null, Instant.now()), Instant.now()));
        DueReading reading = suspect(offer);

        assertThat(reading.expected()).hasValue(6);
        assertThat(reading.judge(java.util.OptionalLong.of(7), Booking.COMPLETE, Instant.now()))
                .isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void nothing_is_confirmed_by_a_poll_from_before_the_number_was_read() {
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        firstRead("c6", 7);

        assertThat(transactions.call(() -> targets.suspects(ACCOUNT, before, 100)))
                .isEmpty();
    }

    private String firstRead(String name, long number) {
        String offer = ACCOUNT + ":" + name;
        Instant now = Instant.now();
        transactions.run(() -> {
            targets.apply(new Placement(offer, ACCOUNT, 1, true, name, null, name, "here"), now);
            targets.apply(new DesiredQuantity(offer, ACCOUNT, 1, 7, 0, false, 1, null, now), now);
        });
        DueReading reading = transactions.call(() -> targets.unread(ACCOUNT, now, 100)).stream()
                .filter(due -> due.offer().equals(offer))
                .findFirst()
                .orElseThrow();
        transactions.run(() -> targets.applyReading(reading, Verdict.TAKEN, Booking.OPEN, number, now));
        return offer;
    }

    private void read(String offer, Verdict verdict, Booking booking, long number) {
        DueReading reading = suspect(offer);
        boolean taken = transactions.call(() -> targets.applyReading(reading, verdict, booking, number, Instant.now()));
        assertThat(taken).isTrue();
    }

    private DueReading suspect(String offer) {
        Instant later = Instant.now().plus(Duration.ofMinutes(1));
        return transactions.call(() -> targets.suspects(ACCOUNT, later, 100)).stream()
                .filter(due -> due.offer().equals(offer))
                .findFirst()
                .orElseThrow();
    }

    private boolean awaitsConfirmation(String offer) {
        return sql.first(
                        "select confirm_since is not null as waits from sync_target where offer = ?",
                        row -> row.flag("waits"),
                        offer)
                .orElseThrow();
    }

    private long confirmSince(String offer) {
        return sql.first(
                        "select (extract(epoch from confirm_since) * 1000000)::bigint as at from sync_target"
                                + " where offer = ?",
                        row -> row.number("at"),
                        offer)
                .orElseThrow();
    }
}
