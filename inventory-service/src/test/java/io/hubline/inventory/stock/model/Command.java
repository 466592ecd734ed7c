package io.hubline.inventory.stock.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What somebody asks of the books, in words of its own.
public sealed interface Command {

    /// The facts of an order at one version: the whole demand, and everything that left, ever.
    record Demand(
            String order,
            long version,
            Standing standing,
            long placedAt,
            @Nullable Long shipBy,
            @Nullable String channelOrder,
            String account,
            List<Want> wants,
            List<Parcel> parcels)
            implements Command {

        public Demand {
            wants = List.copyOf(wants);
            parcels = List.copyOf(parcels);
        }
    }

    /// Where an order stands.
    enum Standing {
        OPEN,
        CANCELLED,
        COMPLETED
    }

    /// One line of the demand.
    ///
    /// @param ordered units ever bought, those cancelled since included
    record Want(String line, String sku, @Nullable String offer, int quantity, int ordered) {}

    /// Units of one line that left one location.
    record Parcel(String shipment, String location, String line, int quantity) {}

    /// A plan: which location ships how many of which line.
    record Plan(String order, long sequence, String plan, List<Part> parts) implements Command {

        public Plan {
            parts = List.copyOf(parts);
        }
    }

    /// Units of one line that one location ships.
    record Part(String line, String sku, String location, int quantity) {}

    /// Units came or went.
    record Move(String sku, String location, int delta, String reason, String cause) implements Command {}

    /// So many lay there.
    ///
    /// @param after the number of the newest movement that the count knows of; null when it is of now
    record Count(
            String sku,
            String location,
            int onHand,
            @Nullable Integer after,
            String cause) implements Command {}

    /// All of these came, or none.
    record Receive(List<Move> lines) implements Command {

        public Receive {
            lines = List.copyOf(lines);
        }
    }

    /// Units leave one location for another.
    record Send(String transfer, String from, String to, SortedMap<String, Integer> units) implements Command {

        public Send {
            units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
        }
    }

    /// Some of them arrive.
    record Arrive(String transfer, String to, String receipt, SortedMap<String, Integer> units) implements Command {

        public Arrive {
            units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
        }
    }

    /// The rest will not.
    record Close(String transfer, String to) implements Command {}

    /// Keep units for a buyer who is about to pay, all or none. Moments are seconds.
    record Hold(String id, String pool, SortedMap<String, Integer> units, long at, long until) implements Command {

        public Hold {
            units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
        }
    }

    /// Keep them longer.
    record Extend(String id, long at, long until) implements Command {}

    /// Keep them no longer.
    record Release(String id, long at, boolean evenPaid) implements Command {}

    /// Look whether their time is over.
    record Expire(String id, long at) implements Command {}

    /// The buyer has paid: the units are for this order.
    record Convert(String id, String channelOrder, long at) implements Command {}
}
