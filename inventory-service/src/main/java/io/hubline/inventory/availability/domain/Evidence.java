package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands behind a number: the entries of both books.
public interface Evidence {

    /// From here to the end of the transaction everything is read as of one moment. To be called before
    /// anything is read.
    void asOfOneMoment();

    /// The movements of a SKU by location and reason, each location up to the number that its place names.
    List<Sum> sums(String sku, Collection<Stock.Place> upTo);

    /// The last of those movements, newest first.
    List<Movement> last(String sku, Collection<Stock.Place> upTo, int size);

    /// The open order lines that take units of a SKU out of a pool, with the first of them.
    Promised promised(String pool, String sku, int size);

    /// The checkout holds that keep units of a SKU in a pool, with the first of them.
    Kept kept(String pool, String sku, int size);

    /// Movements of one reason at one location.
    ///
    /// @param units what they add up to
    record Sum(String location, String reason, long movements, long units) {}

    /// One entry of the physical book.
    ///
    /// @param seq its place in the ledger
    /// @param number its place among those of its position
    record Movement(
            long seq,
            UUID id,
            String locationId,
            long number,
            int delta,
            int onHandAfter,
            String reason,
            String cause,
            Instant recordedAt) {}

    /// Order lines that take units of a SKU, counted in units of that SKU.
    record Promised(long lines, long held, long allocated, long backordered, List<Line> first) {

        public Promised {
            first = List.copyOf(first);
        }
    }

    /// One order line.
    ///
    /// @param sku what was sold: the SKU itself or a bundle of which it is a part
    /// @param per units of the SKU that one unit of the line takes
    record Line(
            String orderId,
            String lineId,
            String sku,
            int per,
            @Nullable String offer,
            int held,
            int allocated,
            int backordered) {}

    /// Units kept for checkouts.
    record Kept(long holds, long units, List<KeptHold> first) {

        public Kept {
            first = List.copyOf(first);
        }
    }

    /// One checkout hold.
    record KeptHold(String id, String state, Instant expiresAt, int units) {}
}
