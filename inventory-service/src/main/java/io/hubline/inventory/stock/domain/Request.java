package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What somebody asks of the books. Requests that arrive together are decided together, in their order.
public sealed interface Request {

    /// Bring the promise to the demand.
    record Promised(OrderDemand demand) implements Request {}

    /// Turn what is held into allocations at the plan's locations, all or nothing.
    ///
    /// @param sequence the plan's number among those of its order; what is not higher than the last is
    ///     ignored
    record Planned(String orderId, long sequence, String planId, List<Assignment> assignments) implements Request {

        public Planned {
            assignments = List.copyOf(assignments);
        }
    }

    /// Units came or went: below zero they are lost.
    record Moved(PositionKey position, int delta, StockMovement.Reason reason, String cause) implements Request {}

    /// All of these came, or none is booked.
    record Received(List<Moved> lines) implements Request {

        public Received {
            lines = List.copyOf(lines);
            if (lines.stream().anyMatch(line -> line.delta() <= 0)) {
                throw new IllegalArgumentException("a receipt takes nothing away: " + lines);
            }
        }
    }

    /// So many lay there at a moment. The difference to what the ledger says of that moment becomes a
    /// movement.
    record Counted(PositionKey position, int onHand, Moment moment, String cause) implements Request {

        public Counted {
            if (onHand < 0) {
                throw new IllegalArgumentException("%s: %d counted".formatted(position, onHand));
            }
        }

        /// So many lie there now.
        public Counted(PositionKey position, int onHand, String cause) {
            this(position, onHand, new Moment.Now(), cause);
        }
    }

    /// Give free units to whoever waits for them, as after a repair.
    record Settled(StockKey key) implements Request {}

    /// What is asked of a checkout hold.
    sealed interface OfHold extends Request {

        /// The hold, by the id that its owner chose.
        String hold();

        /// When it was asked.
        Instant at();
    }

    /// Keep these units for a buyer who is about to pay, all or none. The same again is answered the same.
    ///
    /// @param lines units by SKU, bundles included
    record Held(String hold, String pool, SortedMap<String, Integer> lines, Instant at, Instant expiresAt)
            implements OfHold {

        public Held {
            lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
            if (lines.isEmpty() || lines.values().stream().anyMatch(units -> units < 1) || !expiresAt.isAfter(at)) {
                throw new IllegalArgumentException(
                        "hold %s of %s, asked for at %s until %s".formatted(hold, lines, at, expiresAt));
            }
        }
    }

    /// Keep them longer. It never makes the time shorter, so the order of repeats does not matter.
    record Extended(String hold, Instant at, Instant expiresAt) implements OfHold {}

    /// Keep them no longer.
    ///
    /// @param evenConverting also when the buyer is said to have paid: what only a person decides
    record Released(String hold, Instant at, boolean evenConverting) implements OfHold {}

    /// The time of the hold may be over: look.
    record Expired(String hold, Instant at) implements OfHold {}

    /// The buyer has paid: this is the order that the units are for, whether it was seen here yet or not.
    ///
    /// @param channelOrder account and the order's id there, as in [OrderDemand#channelOrder]
    record Converted(String hold, String channelOrder, Instant at) implements OfHold {}

    /// What is asked of a transfer.
    sealed interface OfTransfer extends Request {

        /// The transfer, by the id that its sender chose.
        String transfer();

        /// Units by SKU that leave or arrive by this request.
        SortedMap<String, Integer> units();

        /// Where they leave or arrive.
        String location();
    }

    /// Send these units from one location to another, all or none.
    record Sent(String transfer, String from, String to, SortedMap<String, Integer> units, Instant at)
            implements OfTransfer {

        public Sent {
            units = unitsOf(transfer, units);
        }

        @Override
        public String location() {
            return from;
        }

        String cause() {
            return "transfer " + transfer;
        }
    }

    /// These units have arrived.
    ///
    /// @param to where the transfer goes
    record Arrived(String transfer, String to, String receipt, SortedMap<String, Integer> units, Instant at)
            implements OfTransfer {

        public Arrived {
            units = unitsOf(transfer, units);
        }

        @Override
        public String location() {
            return to;
        }

        String cause() {
            return "transfer %s receipt %s".formatted(transfer, receipt);
        }
    }

    /// What has not arrived will not.
    record Closed(String transfer, String to, Grounds loss, Instant at) implements OfTransfer {

        @Override
        public SortedMap<String, Integer> units() {
            return Collections.emptySortedMap();
        }

        @Override
        public String location() {
            return to;
        }
    }

    /// What lies at these positions lies in other pools from now on, because their locations do.
    ///
    /// @param pools the new pool of each position
    record Relocated(SortedMap<PositionKey, String> pools) implements Request {

        public Relocated {
            pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        }
    }

    private static SortedMap<String, Integer> unitsOf(String transfer, SortedMap<String, Integer> units) {
        if (units.isEmpty() || units.values().stream().anyMatch(quantity -> quantity < 1)) {
            throw new IllegalArgumentException("transfer %s of %s".formatted(transfer, units));
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }

    /// Units of one line that one location ships.
    record Assignment(String lineId, String sku, String locationId, int quantity) {

        public Assignment {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s is assigned %d units".formatted(lineId, quantity));
            }
        }
    }
}
