package io.hubline.inventory.stock.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch of requests changes in the books, and what the others are told of it.
///
/// @param after the books as they are now
/// @param pools those that changed
/// @param positions those that changed
/// @param promises those that changed
/// @param movements in the order of their numbers
/// @param announcements in the order in which they leave
/// @param bookings units sold through each offer, less those no longer wanted
/// @param answers those given for the first time
/// @param refusals movements that were refused; they changed nothing
public record Decision(
        Books before,
        Books after,
        List<PoolPosition> pools,
        List<Position> positions,
        List<Promise> promises,
        List<StockMovement> movements,
        List<Announcement> announcements,
        Map<String, Integer> bookings,
        List<PlanAnswer> answers,
        List<Oversell> oversells,
        List<Discrepancy> discrepancies,
        List<NotOnHand> refusals) {

    public Decision {
        pools = List.copyOf(pools);
        positions = List.copyOf(positions);
        promises = List.copyOf(promises);
        movements = List.copyOf(movements);
        announcements = List.copyOf(announcements);
        bookings = Map.copyOf(bookings);
        answers = List.copyOf(answers);
        oversells = List.copyOf(oversells);
        discrepancies = List.copyOf(discrepancies);
        refusals = List.copyOf(refusals);
    }

    /// Units that a channel sold when nothing was left to promise.
    public record Oversell(
            String orderId,
            String lineId,
            String sku,
            @Nullable String offer,
            int units) {}

    /// Where the world and the book disagreed.
    public record Discrepancy(Kind kind, PositionKey position, int units, String cause, String detail) {

        /// How they disagreed.
        public enum Kind {
            /// More left a location than the book knew of.
            SHIPPED_UNKNOWN_UNITS,
            /// Units left a location where they were not allocated to this order.
            SHIPPED_ANOTHER_PROMISE,
            /// Promised units were lost.
            LOST_PROMISED_UNITS,
            /// More has left since a count than was counted then: nothing lies there now.
            COUNTED_LESS_THAN_LEFT,
            /// Units left one location and never arrived at another.
            LOST_IN_TRANSIT
        }
    }

    /// A loss of more than lay there.
    public record NotOnHand(PositionKey position, int onHand, int delta, String cause) {}
}
