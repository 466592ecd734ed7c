package io.hubline.inventory.availability.domain;

import java.util.ArrayList;
import java.util.List;

/// What an offer should show, and the terms that add up to it.
public record Availability(int quantity, List<Term> terms) {

    public Availability {
        terms = List.copyOf(terms);
        if (quantity < 0 || terms.stream().mapToInt(Term::units).sum() != quantity) {
            throw new IllegalArgumentException("%d is not the sum of %s".formatted(quantity, terms));
        }
    }

    /// Every channel shows what is left, less the safety stock and within its limits.
    ///
    /// - What is on hand, less what is promised and what is sold without a promise, can be promised; never
    ///   less than 0.
    /// - The safety stock is kept back.
    /// - What is above the maximum is kept back.
    /// - Below the minimum nothing is shown: a channel on which the last units are not worth their risk.
    public static Availability shared(Stock stock, Limits limits) {
        Sum sum = new Sum();
        sum.add("on-hand", stock.onHand());
        sum.add("reserved", -stock.reserved());
        sum.add("backordered", -stock.backordered());
        sum.add("promised-beyond-on-hand", Math.max(0, -sum.total));
        sum.add("safety-stock", -Math.min(limits.safetyStock(), sum.total));
        sum.add("above-maximum", -Math.max(0, sum.total - limits.maximum()));
        sum.add("below-minimum", sum.total < limits.minimum() ? -sum.total : 0);
        return new Availability(sum.total, sum.terms);
    }

    /// One term of the sum. A term that adds nothing is left out.
    ///
    /// @param units what it adds; below zero for what it takes away
    public record Term(String name, int units) {}

    /// What can be sold of a SKU.
    ///
    /// @param reserved units promised
    /// @param backordered units sold and not promised
    public record Stock(int onHand, int reserved, int backordered) {}

    private static final class Sum {
        private final List<Term> terms = new ArrayList<>();
        private int total;

        void add(String name, int units) {
            if (units != 0) {
                terms.add(new Term(name, units));
                total += units;
            }
        }
    }
}
