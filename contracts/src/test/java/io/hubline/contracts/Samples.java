package io.hubline.contracts;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundFailed;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundSettled;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelReturnObserved;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.AllocationRefused;
import io.hubline.contracts.inventory.ReservationEvent.OrderAllocated;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.inventory.ReservationEvent.Refusal;
import io.hubline.contracts.inventory.ReservationEvent.ReservationReleased;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.order.OrderEvent.CancelledBy;
import io.hubline.contracts.order.OrderEvent.OrderAccepted;
import io.hubline.contracts.order.OrderEvent.OrderCancelled;
import io.hubline.contracts.order.OrderEvent.OrderCompleted;
import io.hubline.contracts.order.OrderEvent.OrderHeld;
import io.hubline.contracts.order.OrderEvent.OrderHoldLifted;
import io.hubline.contracts.order.OrderEvent.OrderLinesChanged;
import io.hubline.contracts.order.OrderEvent.OrderReleased;
import io.hubline.contracts.order.OrderEvent.OrderShipped;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.returns.ReturnEvent.RefundConfirmed;
import io.hubline.contracts.returns.ReturnEvent.RefundRequested;
import io.hubline.contracts.returns.ReturnEvent.ReturnAuthorised;
import io.hubline.contracts.returns.ReturnEvent.ReturnCancelled;
import io.hubline.contracts.returns.ReturnEvent.ReturnClosed;
import io.hubline.contracts.returns.ReturnEvent.ReturnDeclined;
import io.hubline.contracts.returns.ReturnEvent.ReturnInspected;
import io.hubline.contracts.returns.ReturnEvent.ReturnReceived;
import io.hubline.contracts.returns.ReturnEvent.ReturnRequested;
import io.hubline.contracts.returns.ReturnEvent.UnitsRestocked;
import io.hubline.contracts.returns.ReturnEvent.UnitsScrapped;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.contracts.routing.RouteEvent.RejectedOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One example of every event, with every part filled where the part may be absent.
final class Samples {

    private static final Instant AT = Instant.parse("2026-11-23T10:15:30.123456Z");
    private static final String ORDER = "019aaf3e-5d00-7000-8000-000000000001";
    private static final long SEQUENCE = 1_795_428_930_123_456L;

    private static final OrderFacts FACTS = new OrderFacts(
            ORDER,
            3,
            "shop-a",
            "shopify",
            "gid://shopify/Order/1001",
            OrderFacts.State.OPEN,
            AT,
            AT.plusSeconds(86_400),
            new Destination("US", "KY"),
            List.of(new OrderFacts.Hold("UNKNOWN_SKU", "line 2 sells MUG-9, which no offer maps")),
            List.of(new OrderFacts.DemandLine(
                    "line-1",
                    "SHIRT-M",
                    "shop-a:SHIRT-M@1",
                    2,
                    new OrderFacts.Sale(
                            "gid://shopify/LineItem/1",
                            "Shirt, medium",
                            3,
                            new Money(6747, "USD"),
                            new Money(450, "USD")))),
            List.of(new OrderFacts.Shipment(
                    "parcel-1",
                    "BERLIN",
                    "DHL",
                    "JD0001",
                    "https://track.example/JD0001",
                    AT,
                    List.of(new OrderFacts.ShippedLine("line-1", "gid://shopify/LineItem/1", 1)))));

    private static final List<PromisedLine> PROMISE =
            List.of(new PromisedLine("line-1", "SHIRT-M", 1, 1, List.of(new AllocatedUnits("BERLIN", 1)), 1));

    private static final List<RejectedOption> REJECTED =
            List.of(new RejectedOption(List.of("RENO"), new Money(1290, "USD"), "dearer by 3.40 USD"));

    private static final String RETURN = "019aaf3e-5d00-7000-8000-000000000002";

    private static final ReturnFacts RETURNED = new ReturnFacts(
            RETURN,
            4,
            ORDER,
            "shop-a",
            "shopify",
            "gid://shopify/Order/1001",
            "gid://shopify/Return/1",
            ReturnFacts.State.OPEN,
            List.of(new ReturnFacts.Line(
                    "line-1", "gid://shopify/LineItem/1", "SHIRT-M", "SIZE_TOO_SMALL", 0, 0, 1, 1, 0, 0)),
            List.of(new ReturnFacts.Restock("restock-1", "line-1", "SHIRT-M", "BERLIN", 1)),
            List.of(new ReturnFacts.Refund(
                    "refund-1",
                    new Money(2249, "USD"),
                    new Money(0, "USD"),
                    "SIZE_TOO_SMALL",
                    List.of(new ReturnFacts.RefundLine(
                            "line-1", "gid://shopify/LineItem/1", 1, new Money(2249, "USD"), new Money(150, "USD"))))));

    private Samples() {}

    static List<Event> all() {
        return List.of(
                new ChannelOrderObserved(
                        "shop-a",
                        "gid://shopify/Order/1001",
                        "shopify",
                        AT,
                        7,
                        AT,
                        new ChannelOrder(
                                "#1001",
                                ChannelOrder.Status.CANCELLED,
                                ChannelOrder.FulfilledBy.SELLER,
                                AT,
                                AT.plusSeconds(86_400),
                                "CUSTOMER",
                                new Money(4998, "USD"),
                                new Money(300, "USD"),
                                new Money(500, "USD"),
                                new Destination("US", "KY"),
                                List.of(new ChannelOrder.Line(
                                        "gid://shopify/LineItem/1",
                                        "SHIRT-M",
                                        "gid://shopify/ProductVariant/1",
                                        "gid://shopify/Location/1",
                                        "Shirt, medium",
                                        2,
                                        3,
                                        new Money(2099, "USD"),
                                        new Money(450, "USD"),
                                        new Money(6747, "USD")))),
                        new SealedPersonal("2026-11", "bm90IGEgcmVhbCBlbnZlbG9wZQ==")),
                new ChannelSyncState(
                        "shop-a:SHIRT-M@1",
                        SEQUENCE,
                        "shop-a",
                        new ChannelSyncState.Write(SEQUENCE, 8, AT),
                        new ChannelSyncState.Write(SEQUENCE + 1, 7, AT),
                        new ChannelSyncState.ReadBack(8, AT),
                        AT,
                        new ChannelSyncState.ListingAtChannel(
                                SEQUENCE,
                                ChannelSyncState.Standing.REJECTED,
                                "gid://shopify/Product/1",
                                "gid://shopify/ProductVariant/1",
                                "gid://shopify/InventoryItem/1",
                                List.of(new ChannelSyncState.Issue("99022", "the title is too long")),
                                AT),
                        new ChannelSyncState.Ways(true, true),
                        new ChannelSyncState.Settled(SEQUENCE, 8, 12, 1L)),
                new OrderAccepted(FACTS, AT),
                new OrderHeld(FACTS, AT),
                new OrderHoldLifted(FACTS, AT),
                new OrderLinesChanged(FACTS, AT),
                new OrderReleased(FACTS, AT),
                new OrderCancelled(FACTS, AT, CancelledBy.CHANNEL, "CUSTOMER"),
                new OrderShipped(FACTS, AT, "parcel-1"),
                new OrderCompleted(FACTS, AT),
                new OrderReserved(ORDER, 3, 1, PROMISE, AT),
                new OrderBackordered(ORDER, 3, 2, PROMISE, AT),
                new ReservationReleased(ORDER, 3, 3, PROMISE, AT),
                new OrderAllocated(ORDER, 3, 4, PROMISE, AT, "plan-1"),
                new AllocationRefused(ORDER, 3, 5, PROMISE, AT, "plan-1", Refusal.RAN_DRY, "BERLIN has 0 of 1 SHIRT-M"),
                new StockState("SHIRT-M", SEQUENCE, 10, 2, 0, List.of(new StockState.AtLocation("BERLIN", 10, 1))),
                new StockAlert.Oversold("SHIRT-M", "default", ORDER, "1", "shop-a:SHIRT-M@1", 2, true, AT),
                new StockAlert.LowStock("SHIRT-M", "default", 3, 5, AT),
                new StockAlert.StockRecovered("SHIRT-M", "default", 9, 5, AT),
                new StockAlert.PositionShort(
                        "SHIRT-M", "default", 2, List.of(new StockAlert.AffectedOrder(ORDER, 2)), AT),
                new StockAlert.PositionHealed("SHIRT-M", "default", AT),
                new AvailabilityState(
                        "shop-a:SHIRT-M@1",
                        SEQUENCE,
                        "shop-a",
                        "SHIRT-M",
                        7,
                        3,
                        AvailabilityState.Mode.SHARED,
                        SEQUENCE - 1,
                        4L,
                        List.of(
                                new AvailabilityState.Term("promisable", 8),
                                new AvailabilityState.Term("safety-stock", -1)),
                        AT),
                new ListingState(
                        "shop-a:SHIRT-M@1",
                        SEQUENCE,
                        "shop-a",
                        "shopify",
                        "SHIRT-M",
                        "gid://shopify/ProductVariant/1",
                        "gid://shopify/InventoryItem/1",
                        "gid://shopify/Location/1",
                        "SHIRT-M",
                        ListingState.Status.ACTIVE,
                        new ListingState.Content(
                                "shirt",
                                "Shirt",
                                "<p>A shirt.</p>",
                                "Plain",
                                "SHIRT",
                                "4006381333931",
                                new Money(2099, "USD"),
                                List.of("Cotton"),
                                List.of("https://img.example/shirt.jpg"),
                                List.of(new ListingState.Option("Size", "M")),
                                Map.of("material", "cotton"))),
                new OrderRouted(
                        ORDER,
                        3,
                        1,
                        AT,
                        "plan-1",
                        1,
                        List.of(new Assignment("line-1", "SHIRT-M", "BERLIN", 2)),
                        new Money(950, "USD"),
                        List.of("one parcel", "cheapest of 2 feasible"),
                        REJECTED),
                new OrderUnroutable(ORDER, 3, 2, AT, "no location ships to US-KY", REJECTED),
                new ChannelReturnObserved(
                        "shop-a",
                        "gid://shopify/Order/1001",
                        "shopify",
                        "gid://shopify/Return/1",
                        AT,
                        8,
                        AT,
                        new ChannelReturn(
                                "#1001-R1",
                                ChannelReturn.Status.REQUESTED,
                                AT,
                                List.of(new ChannelReturn.Line(
                                        "gid://shopify/ReturnLineItem/1",
                                        "gid://shopify/LineItem/1",
                                        1,
                                        "SIZE_TOO_SMALL")))),
                new ChannelRefundSettled(
                        "shop-a",
                        "gid://shopify/Order/1001",
                        RETURN,
                        "refund-1",
                        "gid://shopify/Refund/1",
                        new Money(2249, "USD"),
                        AT),
                new ChannelRefundFailed(
                        "shop-a",
                        "gid://shopify/Order/1001",
                        RETURN,
                        "refund-1",
                        "the order is refunded in full",
                        "compare the order at the channel with the return",
                        AT),
                new ReturnRequested(RETURNED, AT),
                new ReturnAuthorised(RETURNED, AT),
                new ReturnDeclined(RETURNED, AT),
                new ReturnCancelled(RETURNED, AT),
                new ReturnReceived(RETURNED, AT),
                new ReturnInspected(RETURNED, AT),
                new UnitsRestocked(RETURNED, AT),
                new UnitsScrapped(RETURNED, AT),
                new RefundRequested(RETURNED, AT, "refund-1"),
                new RefundConfirmed(RETURNED, AT, "refund-1"),
                new ReturnClosed(RETURNED, AT));
    }
}
