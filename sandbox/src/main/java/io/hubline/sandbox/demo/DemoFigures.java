package io.hubline.sandbox.demo;

import java.util.List;

/// What a demo measured and found, as `--json` writes it.
///
/// @param passed whether every invariant holds, nothing was lost or doubled, and the stock agrees to the
///     unit
/// @param startupSeconds from nothing to every part ready
/// @param sabotage damage that was done from outside, to see that it is noticed
/// @param settleSeconds from the last trade until hub and shops had nothing left to do
record DemoFigures(
        boolean passed,
        long seed,
        int seconds,
        double rate,
        double startupSeconds,
        double settleSeconds,
        Orders orders,
        Stock stock,
        Buyers buyers,
        Returns returns,
        Webhooks webhooks,
        LatencyMs latencyMs,
        List<Fault> faults,
        List<String> sabotage,
        List<Invariant> invariants) {

    DemoFigures {
        faults = List.copyOf(faults);
        sabotage = List.copyOf(sabotage);
        invariants = List.copyOf(invariants);
    }

    /// How the orders fared, as counted by the shops (`placed`, `cancelled`), and in the order book.
    record Orders(
            int placed,
            int accepted,
            int routed,
            int shipped,
            int cancelled,
            int backordered,
            int duplicatesInjected,
            int lost,
            int doubled) {}

    /// @param oversold units sold that nothing was left of when they were booked
    /// @param accuracyPercent share of positions that equal the independent tally
    record Stock(int skus, long movements, long oversold, double accuracyPercent) {}

    /// @param turnedAway who left because their channel showed too few
    /// @param lostSales of them, those for whom everything lay on the shelf, promised to nobody
    record Buyers(int turnedAway, int lostSales) {}

    /// @param opened by buyers at their channel, and by the seller for buyers who wrote
    /// @param restocked units back on the shelf, as the returns desk counted them
    /// @param scrapped units written off
    /// @param refunds that the channels say they paid
    record Returns(int opened, int restocked, int scrapped, int refunds, long refundedMinor) {}

    /// What the shops did to their webhooks on purpose.
    record Webhooks(int sent, int duplicated, int reordered, int lost) {}

    /// Time from the sale's webhook to its plan, and from a sale to the other shop's lower number.
    record LatencyMs(Quantiles webhookToRouted, Quantiles saleToOtherChannel) {}

    /// Milliseconds; `count` observations.
    record Quantiles(long p50, long p99, int count) {

        static Quantiles of(List<Long> observations) {
            if (observations.isEmpty()) {
                return new Quantiles(0, 0, 0);
            }
            List<Long> sorted = observations.stream().sorted().toList();
            return new Quantiles(at(sorted, 0.50), at(sorted, 0.99), sorted.size());
        }

        private static long at(List<Long> sorted, double quantile) {
            return sorted.get((int) Math.min(sorted.size() - 1L, (long) Math.ceil(quantile * sorted.size()) - 1));
        }
    }

    /// @param at seconds into the trade
    /// @param recoveredSeconds until the part answered that it was ready again
    record Fault(String what, double at, double recoveredSeconds) {}

    /// One invariant of design section 1.
    ///
    /// @param checked how many things were compared; an invariant that compared nothing does not hold
    record Invariant(String id, boolean holds, long checked, String detail) {}
}
