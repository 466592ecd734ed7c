package io.hubline.order.process;

import static io.hubline.order.Trade.line;
import static io.hubline.order.Trade.newExternalId;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.kit.personal.PersonalCipher;
import io.hubline.order.Rows;
import io.hubline.order.Trade;
import io.hubline.order.offer.OfferService;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class OrderRaceTest {

    private static final int RACERS = 8;

    private final OrderIntake intake;
    private final OfferService offers;
    private final DataSource database;
    private final Trade trade;

    OrderRaceTest(OrderIntake intake, OfferService offers, DataSource database, PersonalCipher cipher) {
        this.intake = intake;
        this.offers = offers;
        this.database = database;
        this.trade = new Trade(cipher, database);
    }

    @AfterEach
    void close() {
        trade.close();
    }

    /// Goal: one external order is one order (invariant I3), and its newest snapshot wins, however many
    /// copies race. Method: eight threads take in eight snapshots of one unseen order at the same moment.
    @RepeatedTest(5)
    void racing_snapshots_leave_one_order_at_the_newest_of_them() throws Exception {
        String externalId = newExternalId();
        List<Runnable> racers = IntStream.rangeClosed(1, RACERS)
                .<Runnable>mapToObj(second -> () -> take(trade.open(externalId, second, line("cup", second))))
                .toList();

        race(racers);

        assertThat(Rows.text(database, """
                        select count(*) || ' order, ' || max(fetch_number) || ' newest, ' || max(l.asked) || ' asked'
                        from customer_order join order_line l using (order_id) where external_id = ?
                        """, externalId)).isEqualTo("1 order, 8 newest, 8 asked");
        assertThat(versionsAreContiguous(externalId)).isEqualTo("t");
    }

    /// Goal: an order never waits for a listing that has come, whichever of the two comes first. Method:
    /// both are taken in at the same moment.
    @RepeatedTest(10)
    void a_listing_that_races_with_an_order_is_found() throws Exception {
        String externalId = newExternalId();
        String name = "toy-" + externalId;
        ListingState listing = new ListingState(
                Trade.ACCOUNT + ":" + name,
                1,
                Trade.ACCOUNT,
                "shopify",
                name,
                name,
                null,
                null,
                "SKU-" + name,
                ListingState.Status.ACTIVE);

        race(List.of(
                () -> QuarkusTransaction.requiringNew().run(() -> offers.take(listing)),
                () -> take(trade.open(externalId, 1, line(name, 1)))));

        assertThat(Rows.text(database, "select stage from customer_order where external_id = ?", externalId))
                .isEqualTo("AWAITING_PROMISE");
    }

    @Test
    void a_failed_effect_leaves_nothing_behind() {
        String externalId = newExternalId();

        QuarkusTransaction.begin();
        intake.take(trade.open(externalId, 1, line("cup", 1)));
        QuarkusTransaction.rollback();

        assertThat(Rows.text(database, """
                        select (select count(*) from customer_order where external_id = ?)
                          + (select count(*) from outbox where payload like '%"externalId":"' || ? || '"%')
                        """, externalId, externalId)).isEqualTo("0");
    }

    private void take(ChannelOrderObserved event) {
        QuarkusTransaction.requiringNew().run(() -> intake.take(event));
    }

    private String versionsAreContiguous(String externalId) {
        return Rows.text(database, """
                select count(*) = max(e.version) and min(e.version) = 1 and max(e.version) = max(o.version)
                from order_event e join customer_order o using (order_id) where external_id = ?
                """, externalId);
    }

    private static void race(List<Runnable> racers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(racers.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(racers.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable racer : racers) {
                running.add(threads.submit(() -> {
                    start.await();
                    racer.run();
                    return null;
                }));
            }
            for (Future<?> done : running) {
                done.get();
            }
        }
    }
}
