package io.hubline.inventory.stock.messaging;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.AllocationRefused;
import io.hubline.contracts.inventory.ReservationEvent.OrderAllocated;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.inventory.ReservationEvent.Refusal;
import io.hubline.contracts.inventory.ReservationEvent.ReservationReleased;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class OrderEventsConsumerTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void an_order_goes_from_promise_to_shipment() {
        warehouse.receive(sku, "berlin", 10);
        String offer = warehouse.offer("shop-a", sku);
        Orders order = order().wants("1", sku, 3, offer);

        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);
        warehouse.tell(Topic.ROUTES, order.plan(1, Ids.text(), new Assignment("1", sku, "berlin", 3)));
        warehouse.hear(order.id(), 2);
        warehouse.tell(Topic.ORDERS, order.ships("S1", "berlin", "1", 3).tell());

        await().untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7));
        List<ReservationEvent> said = warehouse.hear(order.id(), 2);
        assertThat(said.getFirst()).isInstanceOf(OrderReserved.class);
        assertThat(said.getFirst().lines()).containsExactly(new PromisedLine("1", sku, 3, 0, List.of(), 0));
        assertThat(said.getLast()).isInstanceOf(OrderAllocated.class);
        assertThat(said.getLast().lines())
                .containsExactly(new PromisedLine("1", sku, 0, 0, List.of(new AllocatedUnits("berlin", 3)), 0));
        assertThat(warehouse.stock(sku).getInt("reserved")).isZero();
        assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity, AvailabilityState::bookedUnits)
                .containsExactly(tuple(10, 0L), tuple(7, 3L));
        await().untilAsserted(() -> assertThat(states().getLast())
                .extracting(StockState::onHand, StockState::reserved, StockState::locations)
                .containsExactly(7, 0, List.of(new StockState.AtLocation("berlin", 7, 0))));
        assertThat(states()).extracting(StockState::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(warehouse.check().getBoolean("clean")).isTrue();
    }

    @Test
    void a_redelivered_event_takes_effect_once() {
        warehouse.receive(sku, "berlin", 10);
        Orders order = order().wants("1", sku, 3);
        OrderEvent event = order.tell();
        UUID id = UUID.randomUUID();

        for (int copy = 0; copy < 5; copy++) {
            warehouse.kafka().send(Topic.ORDERS, event, id);
        }
        warehouse.tell(Topic.ORDERS, event);
        warehouse.tell(Topic.ORDERS, order.wants("1", sku, 4).tell());

        List<ReservationEvent> said = warehouse.hear(order.id(), 2);
        assertThat(said).allSatisfy(one -> assertThat(one).isInstanceOf(OrderReserved.class));
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(4);
    }

    @Test
    void of_two_orders_for_the_last_unit_one_is_promised_and_the_other_backordered() {
        warehouse.receive(sku, "berlin", 1);
        List<Orders> orders =
                List.of(order().wants("1", sku, 1), order().wants("1", sku, 1), order().wants("1", sku, 1));

        orders.forEach(order -> warehouse.tell(Topic.ORDERS, order.tell()));

        List<ReservationEvent> said = orders.stream()
                .map(order -> warehouse.hear(order.id(), 1).getFirst())
                .toList();
        assertThat(said).filteredOn(OrderReserved.class::isInstance).hasSize(1);
        assertThat(said).filteredOn(OrderBackordered.class::isInstance).hasSize(2);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(1);
        assertThat(warehouse.stock(sku).getInt("backordered")).isEqualTo(2);
    }

    @Test
    void a_receipt_fills_the_order_first_in_need() {
        Orders relaxed = order().wants("1", sku, 2);
        Orders urgent = order().wants("1", sku, 2).within(Duration.ofHours(4));
        warehouse.tell(Topic.ORDERS, relaxed.tell());
        warehouse.tell(Topic.ORDERS, urgent.tell());
        warehouse.hear(relaxed.id(), 1);
        warehouse.hear(urgent.id(), 1);

        warehouse.receive(sku, "berlin", 3);

        assertThat(warehouse.hear(urgent.id(), 2).getLast()).isInstanceOf(OrderReserved.class);
        ReservationEvent partly = warehouse.hear(relaxed.id(), 2).getLast();
        assertThat(partly).isInstanceOf(OrderBackordered.class);
        assertThat(partly.lines()).containsExactly(new PromisedLine("1", sku, 1, 1, List.of(), 0));
    }

    @Test
    void newer_facts_that_arrive_first_win() {
        warehouse.receive(sku, "berlin", 10);
        Orders order = order().wants("1", sku, 3);
        OrderEvent first = order.tell();
        OrderEvent second = order.wants("1", sku, 1).tell();

        warehouse.tell(Topic.ORDERS, second);
        warehouse.hear(order.id(), 1);
        warehouse.tell(Topic.ORDERS, first);
        warehouse.tell(Topic.ORDERS, order.wants("1", sku, 2).tell());

        List<ReservationEvent> said = warehouse.hear(order.id(), 2);
        assertThat(said).extracting(ReservationEvent::orderVersion).containsExactly(2L, 3L);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(2);
    }

    @Test
    void a_cancelled_order_gives_back_what_it_holds_waits_for_and_has_allocated() {
        warehouse.receive(sku, "berlin", 4);
        String offer = warehouse.offer("shop-b", sku);
        Orders order = order().wants("1", sku, 2, offer);
        Orders waiting = order().wants("1", sku, 3, offer);
        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);
        warehouse.tell(Topic.ROUTES, order.plan(1, Ids.text(), new Assignment("1", sku, "berlin", 2)));
        warehouse.hear(order.id(), 2);
        warehouse.tell(Topic.ORDERS, waiting.tell());
        warehouse.hear(waiting.id(), 1);

        warehouse.tell(Topic.ORDERS, order.cancelled().tell());
        warehouse.hear(order.id(), 3);
        warehouse.hear(waiting.id(), 2);
        warehouse.tell(Topic.ORDERS, waiting.cancelled().tell());

        assertThat(warehouse.hear(order.id(), 3).getLast()).isInstanceOf(ReservationReleased.class);
        assertThat(warehouse.hear(waiting.id(), 3))
                .extracting(Object::getClass)
                .containsExactly(OrderBackordered.class, OrderReserved.class, ReservationReleased.class);
        assertThat(warehouse.stock(sku).getInt("free")).isEqualTo(4);
        assertThat(warehouse.stock(sku).getInt("locations[0].allocated")).isZero();
        assertThat(warehouse.availability(offer).getInt("bookedUnits")).isZero();
        assertThat(warehouse.availability(offer).getInt("quantity")).isEqualTo(4);
    }

    @Test
    void a_plan_for_units_that_are_not_there_is_refused_and_changes_nothing() {
        warehouse.receive(sku, "berlin", 2);
        warehouse.receive(sku, "hamburg", 2);
        Orders order = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);
        String plan = Ids.text();

        warehouse.tell(
                Topic.ROUTES,
                order.plan(1, plan, new Assignment("1", sku, "hamburg", 1), new Assignment("1", sku, "berlin", 2)));
        warehouse.hear(order.id(), 2);
        Orders other = order().wants("1", sku, 1);
        warehouse.tell(Topic.ORDERS, other.tell());
        warehouse.hear(other.id(), 1);
        warehouse.tell(Topic.ROUTES, other.plan(1, Ids.text(), new Assignment("1", sku, "berlin", 1)));

        ReservationEvent answer = warehouse.hear(other.id(), 2).getLast();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        AllocationRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.RAN_DRY));
        assertThat(answer.lines()).containsExactly(new PromisedLine("1", sku, 1, 0, List.of(), 0));
        assertThat(warehouse.hear(order.id(), 2).getLast()).isInstanceOf(OrderAllocated.class);
    }

    @Test
    void a_plan_for_an_order_that_was_changed_or_cancelled_is_refused() {
        warehouse.receive(sku, "berlin", 5);
        Orders order = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);
        var stale = order.plan(1, Ids.text(), new Assignment("1", sku, "berlin", 3));
        warehouse.tell(Topic.ORDERS, order.wants("1", sku, 2).tell());
        warehouse.hear(order.id(), 3);

        warehouse.tell(Topic.ROUTES, stale);
        warehouse.tell(Topic.ROUTES, stale);

        List<ReservationEvent> said = warehouse.hear(order.id(), 5);
        assertThat(said.subList(3, 5))
                .allSatisfy(answer -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                AllocationRefused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Refusal.ORDER_CHANGED)));
        assertThat(warehouse.stock(sku).getInt("locations[0].allocated")).isZero();
    }

    @Test
    void what_cannot_be_read_is_a_dead_letter_and_holds_nobody_up() {
        warehouse.receive(sku, "berlin", 5);
        Orders order = order().wants("1", sku, 1);

        warehouse
                .kafka()
                .send(
                        Topic.ORDERS.topicName(),
                        order.id(),
                        "{\"nonsense\":true}",
                        Map.of("ce_type", "order.of-tomorrow.v1"));
        warehouse.kafka().send(Topic.ORDERS.topicName(), order.id(), "{", Map.of());
        warehouse.tell(Topic.ORDERS, order.tell());

        warehouse.hear(order.id(), 1);
        await().untilAsserted(() -> assertThat(warehouse.kafka().records(Topic.ORDERS.deadLetter("inventory")))
                .extracting(record -> record.key())
                .contains(order.id()));
    }

    private List<StockState> states() {
        return warehouse.kafka().events(Topic.STOCK, sku, StockState.class);
    }
}
