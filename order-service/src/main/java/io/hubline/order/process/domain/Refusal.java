package io.hubline.order.process.domain;

/// Why an order did not do what was asked.
public sealed interface Refusal {

    /// For a person.
    String text();

    /// A parcel holds units that are not promised at its location.
    ///
    /// @param allocated units of the line that are to be picked there
    record NotAllocatedThere(String lineId, String locationId, int asked, int allocated) implements Refusal {

        @Override
        public String text() {
            return "Line %s has %d units to ship at %s, not %d".formatted(lineId, allocated, locationId, asked);
        }
    }

    /// A parcel holds a line of another order.
    record UnknownLine(String lineId) implements Refusal {

        @Override
        public String text() {
            return "The order has no line %s".formatted(lineId);
        }
    }

    /// The id of the parcel was used for another one.
    record ShipmentDiffers(String shipmentId) implements Refusal {

        @Override
        public String text() {
            return "Shipment %s was reported before with other content".formatted(shipmentId);
        }
    }

    /// The order is over.
    record OrderClosed(Stage stage) implements Refusal {

        @Override
        public String text() {
            return switch (stage) {
                case CANCELLED -> "The order is cancelled";
                case COMPLETED -> "Everything the order wants has been shipped";
                case AT_CHANNEL -> "The channel ships the order itself";
                case AWAITING_PROMISE,
                        BACKORDERED,
                        AWAITING_DECISION,
                        AWAITING_ROUTE,
                        ROUTED,
                        RELEASED,
                        PARTIALLY_SHIPPED -> "The order is not open";
            };
        }
    }

    /// There is no such hold to release.
    record NoSuchHold(HoldReason reason) implements Refusal {

        @Override
        public String text() {
            return "The order is not held for %s".formatted(reason);
        }
    }

    /// The hold stands for something that is missing and that no release brings.
    record HoldLiftsItself(HoldReason reason) implements Refusal {

        @Override
        public String text() {
            return reason.nextStep();
        }
    }
}
