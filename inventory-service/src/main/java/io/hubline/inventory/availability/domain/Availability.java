package io.hubline.inventory.availability.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What an offer should show, and the terms that add up to it.
public record Availability(int quantity, List<Term> terms) {

    public Availability {
        terms = List.copyOf(terms);
        if (quantity < 0 || terms.stream().mapToInt(Term::units).sum() != quantity) {
            throw new IllegalArgumentException("%d is not the sum of %s".formatted(quantity, terms));
        }
    }

    /// Every channel shows what is left, within its limits, which are obeyed in this order:
    ///
    /// - What is on hand, less what is promised and what is sold without a promise, can be promised; never
    ///   less than 0. Where only some locations count, that is what lies there and is not allocated there,
    ///   less what is promised at no location. A bundle can be promised as often as the scarcest of its
    ///   parts allows.
    /// - When none is left, a SKU that is made to order shows its number, and the other limits do not
    ///   concern it.
    /// - The largest of the safety stocks is kept back: units, percent, and what was computed.
    /// - Units are kept for other channels.
    /// - What is above the share is kept back, and what is above the maximum.
    /// - Below the minimum nothing is shown: a channel on which the last units are not worth their risk.
    ///
    /// @param computedSafety units that make an oversell as improbable as the limits ask for; zero for none
    public static Availability shared(Stock stock, Limits limits, int computedSafety) {
        Sum sum = new Sum();
        promisable(sum, stock, limits.locations());
        if (sum.total == 0 && limits.showsWhatIsMade()) {
            sum.add("made-to-order", limits.madeToOrder());
            return sum.done();
        }
        int promisable = sum.total;
        int percent = percentUp(promisable, limits.safetyPercent());
        int safety = Math.max(limits.safetyStock(), Math.max(percent, computedSafety));
        String kind = safety == limits.safetyStock()
                ? "safety-stock"
                : safety == percent ? "safety-percent" : "safety-computed";
        sum.add(kind, -Math.min(safety, sum.total));
        sum.add("kept-for-other-channels", -Math.min(limits.reserve(), sum.total));
        sum.add("above-share", -Math.max(0, sum.total - percentDown(promisable, limits.share())));
        sum.add("above-maximum", -Math.max(0, sum.total - limits.maximum()));
        sum.add("below-minimum", sum.total < limits.minimum() ? -sum.total : 0);
        if (limits.discontinued()) {
            sum.note("discontinued");
        }
        return sum.done();
    }

    /// The units are divided over the offers, so that all of them together never can sell more than can be
    /// promised.
    ///
    /// @param exposedElsewhere units that the other offers may still sell
    /// @param quantity what the division grants this offer
    public static Availability divided(Stock stock, Limits limits, int exposedElsewhere, int quantity) {
        Sum sum = new Sum();
        Availability shared = shared(stock, limits, 0);
        shared.terms.stream().filter(term -> !term.name.equals(HIDDEN)).forEach(sum.terms::add);
        sum.total = shared.quantity;
        sum.add("exposed-at-other-offers", -Math.min(exposedElsewhere, sum.total));
        sum.add("division", quantity - sum.total);
        return sum.done();
    }

    /// A number of 0 is how a channel hides an offer; it comes back by itself with the first unit.
    private static final String HIDDEN = "hidden-at-zero";

    private static void promisable(Sum sum, Stock stock, Set<String> locations) {
        if (!stock.consistsOfOthers()) {
            promisable(sum, stock.parts().getFirst(), locations);
            return;
        }
        int fewest = Integer.MAX_VALUE;
        for (Stock.Part part : stock.parts()) {
            Sum ofPart = new Sum();
            promisable(ofPart, part, locations);
            fewest = Math.min(fewest, ofPart.total / part.per());
        }
        sum.add("fewest-of-parts", fewest);
    }

    private static void promisable(Sum sum, Stock.Part part, Set<String> locations) {
        sum.add("on-hand", part.onHand());
        int lieElsewhere = 0;
        int allocatedElsewhere = 0;
        if (!locations.isEmpty()) {
            for (Stock.Place place : part.places()) {
                if (!locations.contains(place.location())) {
                    lieElsewhere += place.onHand();
                    allocatedElsewhere += place.allocated();
                }
            }
            sum.add("at-other-locations", -lieElsewhere);
        }
        sum.add("reserved", -part.reserved());
        sum.add("allocated-at-other-locations", allocatedElsewhere);
        sum.add("backordered", -part.backordered());
        sum.add("promised-beyond-on-hand", Math.max(0, -sum.total));
        // Where more is allocated elsewhere than lies there, these promises will be kept from here.
        sum.add("owed-to-other-locations", -Math.max(0, sum.total - part.promisable()));
    }

    /// Units that the limits keep back of what can be promised.
    public static int safety(int promisable, Limits limits) {
        return Math.min(promisable, Math.max(limits.safetyStock(), percentUp(promisable, limits.safetyPercent())));
    }

    private static int percentUp(int units, int percent) {
        return (int) Math.ceilDiv((long) units * percent, 100L);
    }

    private static int percentDown(int units, int percent) {
        return (int) ((long) units * percent / 100);
    }

    /// One term of the sum. A term that adds nothing is left out, unless it says why there is nothing.
    ///
    /// @param units what it adds; below zero for what it takes away
    public record Term(String name, int units) {}

    private static final class Sum {
        private final List<Term> terms = new ArrayList<>();
        private int total;

        void add(String name, int units) {
            if (units != 0) {
                note(name, units);
                total += units;
            }
        }

        void note(String name) {
            note(name, 0);
        }

        private void note(String name, int units) {
            terms.add(new Term(name, units));
        }

        Availability done() {
            if (total == 0) {
                note(HIDDEN);
            }
            return new Availability(total, terms);
        }
    }
}
