package io.hubline.inventory.stock.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch of requests changes in the books, and what the others are told of it.
///
/// @param outcomes what became of each request, in their order
/// @param after the books as they are now
/// @param pools those that changed
/// @param positions those that changed
/// @param promises those that changed
/// @param holds those that changed
/// @param exposures those that changed
/// @param movements in the order of their numbers
/// @param movers of each movement, the place of the request that it comes of
/// @param announcements in the order in which they leave
/// @param announcers of each announcement, the place of the request that it comes of
/// @param sales what was sold through each offer and what of it was cancelled; only offers of which either
///     changed
/// @param answers those given for the first time
/// @param transfers those that changed
/// @param receipts what arrived of them
public record Decision(
        List<Outcome> outcomes,
        Books before,
        Books after,
        List<PoolPosition> pools,
        List<Position> positions,
        List<Promise> promises,
        List<Hold> holds,
        List<Exposure> exposures,
        List<StockMovement> movements,
        List<Integer> movers,
        List<Announcement> announcements,
        List<Integer> announcers,
        Map<String, Sales> sales,
        List<PlanAnswer> answers,
        List<Oversell> oversells,
        List<Discrepancy> discrepancies,
        List<Transfer> transfers,
        List<TransferReceipt> receipts) {

    public Decision {
        outcomes = List.copyOf(outcomes);
        pools = List.copyOf(pools);
        positions = List.copyOf(positions);
        promises = List.copyOf(promises);
        holds = List.copyOf(holds);
        exposures = List.copyOf(exposures);
        movements = List.copyOf(movements);
        movers = List.copyOf(movers);
        announcements = List.copyOf(announcements);
        announcers = List.copyOf(announcers);
        sales = Map.copyOf(sales);
        answers = List.copyOf(answers);
        oversells = List.copyOf(oversells);
        discrepancies = List.copyOf(discrepancies);
        transfers = List.copyOf(transfers);
        receipts = List.copyOf(receipts);
    }

    /// By how much the units booked through an offer changed.
    ///
    /// @param sold units bought, those cancelled since included
    /// @param cancelled those of them that nobody wants any longer
    public record Sales(int sold, int cancelled) {

        /// Nothing changed.
        public static final Sales NONE = new Sales(0, 0);

        /// Units sold less those cancelled: by how much the channel's own number moved, where cancelled
        /// units return to it.
        public int booked() {
            return sold - cancelled;
        }

        Sales plus(int moreSold, int moreCancelled) {
            return new Sales(sold + moreSold, cancelled + moreCancelled);
        }
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
}
