package io.hubline.sandbox.demo;

import io.hubline.sandbox.demo.Assortment.Delivered;
import io.hubline.sandbox.demo.DemoFigures.Buyers;
import io.hubline.sandbox.demo.DemoFigures.Invariant;
import io.hubline.sandbox.demo.Inspection.Databases;
import io.hubline.sandbox.trade.ReturnedUnits;
import io.hubline.sandbox.trade.TurnedAway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plays back, from what the channels and the warehouse wrote down, what lay on the shelf at each moment,
/// what was sold of it and what all channels together still showed.
///
/// A sale moves a unit from "shown" to "sold", and a cancellation moves it back, so only a write of the hub
/// changes the sum of the two. While that sum is no more than what ever came in, no unit can be sold twice,
/// however late the hub hears of anything.
final class ShelfAudit {

    private final ShopBooks books;
    private final List<Happened> cameIn = new ArrayList<>();
    private final List<TurnedAway> turnedAway;

    /// @param returned units that came back; those put on the shelf came in once more
    ShelfAudit(ShopBooks books, List<Delivered> delivered, List<ReturnedUnits> returned, List<TurnedAway> turnedAway) {
        this.books = books;
        this.turnedAway = List.copyOf(turnedAway);
        delivered.forEach(units -> cameIn.add(new Happened(units.sku(), units.units(), units.at())));
        returned.stream()
                .filter(ReturnedUnits::restocked)
                .forEach(units -> cameIn.add(new Happened(units.sku(), units.quantity(), units.at())));
    }

    /// What escrow promises: no channel is ever allowed to sell what another may sell as well, and so
    /// nothing is oversold.
    Invariant nothingIsShownTwice(Databases databases) {
        Verdict verdict = new Verdict("E");
        playBack(verdict);
        try (Database inventory = databases.open("inventory")) {
            long oversold = inventory.number("select coalesce(sum(units), 0) from oversell");
            verdict.check(oversold == 0, "%d units were oversold".formatted(oversold));
            long beyond = inventory.number("""
                    select count(*) from pool_position where exposed + reserved + backordered > on_hand
                    """);
            verdict.check(beyond == 0, "%d SKUs are exposed beyond what can be promised".formatted(beyond));
            long counted = inventory.number("select count(*) from offer where active and announced_mode = 'ESCROW'");
            verdict.check(counted > 0, "no offer is in escrow");
            verdict.note("%d offers in escrow".formatted(counted));
        }
        Buyers buyers = buyers();
        verdict.note("%d buyers turned away, %d of them lost sales".formatted(buyers.turnedAway(), buyers.lostSales()));
        return verdict.result();
    }

    /// Compares after each delivery and each write.
    void playBack(Verdict verdict) {
        Map<String, Long> left = new HashMap<>();
        for (Happened step : inOrder(cameIn, written())) {
            long now = left.merge(step.sku, step.units, Long::sum);
            verdict.check(
                    now >= 0,
                    "%s at %s: channels had sold or showed %d units more than ever came in"
                            .formatted(step.sku, step.at, -now));
        }
    }

    /// Who was turned away, and for how many of them everything was there.
    Buyers buyers() {
        List<Happened> sold = books.sales().stream()
                .map(sale -> new Happened(sale.sku(), sale.units(), sale.at()))
                .toList();
        List<Happened> steps = inOrder(cameIn, sold);
        List<TurnedAway> away =
                turnedAway.stream().sorted(Comparator.comparing(TurnedAway::at)).toList();
        Map<String, Long> free = new HashMap<>();
        int next = 0;
        int lost = 0;
        for (TurnedAway buyer : away) {
            while (next < steps.size() && steps.get(next).at.isBefore(buyer.at())) {
                free.merge(steps.get(next).sku, steps.get(next).units, Long::sum);
                next++;
            }
            lost += buyer.wanted().entrySet().stream()
                            .allMatch(wanted -> free.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue())
                    ? 1
                    : 0;
        }
        return new Buyers(away.size(), lost);
    }

    /// By how much each write lowered what is left for the others.
    private List<Happened> written() {
        return books.writes().stream()
                .map(write -> new Happened(write.sku(), (long) write.from() - write.to(), write.at()))
                .toList();
    }

    private static List<Happened> inOrder(List<Happened> some, List<Happened> others) {
        List<Happened> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(Comparator.comparing(Happened::at));
        return all;
    }

    /// Units that came or went at a moment.
    private record Happened(String sku, long units, Instant at) {}
}
