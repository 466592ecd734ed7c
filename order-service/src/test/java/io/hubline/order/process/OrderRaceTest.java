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
import io.hubline.order.process.OrderFulfilment.Parcel;
import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.Shipment.ShippedLine;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final OrderFulfilment fulfilment;
    private final OrderDesk desk;
    private final OfferService offers;
    private final DataSource database;
    private final Trade trade;

    OrderRaceTest(
            OrderIntake intake,
            OrderFulfilment fulfilment,
            OrderDesk desk,
            OfferService offers,
            DataSource database,
            PersonalCipher cipher) {
        this.intake = intake;
        this.fulfilment = fulfilment;
        this.desk = desk;
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
                ListingState.Status.ACTIVE,
                null);

        race(List.of(
                () -> QuarkusTransaction.requiringNew().run(() -> offers.take(listing)),
                () -> take(trade.open(externalId, 1, line(name, 1)))));

        assertThat(Rows.text(database, "select stage from customer_order where external_id = ?", externalId))
                .isEqualTo("AWAITING_PROMISE");
    }

    /// Goal: parcels and a cancellation that race leave neither a unit shipped twice nor one shipped after
    /// the end. Method: eight parcels of one unit each and a cancellation at the same moment, for three
    /// allocated units.
    @RepeatedTest(5)
    void racing_parcels_and_a_cancellation_agree() throws Exception {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "cup", 3, "berlin");
        String orderId = order.getString("orderId");
        ShippedLine one = new ShippedLine(order.getString("lines[0].lineId"), 1);
        AtomicInteger taken = new AtomicInteger();
        List<Runnable> racers = new ArrayList<>();
        for (int parcel = 0; parcel < RACERS; parcel++) {
            Parcel report = new Parcel(externalId + "-" + parcel, "berlin", "DHL", "T", null, List.of(one));
            racers.add(() -> {
                if (fulfilment.ship(orderId, report).orElseThrow() instanceof Decision.Advanced) {
                    taken.incrementAndGet();
                }
            });
        }
        racers.add(() -> desk.cancel(orderId, "changed mind"));

        race(racers);

        assertThat(taken.get()).isLessThanOrEqualTo(3);
        assertThat(Rows.text(database, """
                        select l.shipped || ' ' || (l.shipped = l.wanted) || ' ' || (select count(*) from shipment s
                          where s.order_id = o.order_id) || ' ' || (o.state <> 'OPEN')
                        from customer_order o join order_line l using (order_id) where external_id = ?
                        """, externalId)).isEqualTo(taken + " true " + taken + " true");
        assertThat(versionsAreContiguous(externalId)).isEqualTo("t");
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
