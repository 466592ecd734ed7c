package io.hubline.inventory.availability.history;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a number should be, and of what terms it should consist: the order of the limits as the guides tell
/// it, written down a second time, without a line of the code that is judged by it.
final class Arithmetic {

    private final Map<String, Integer> terms = new LinkedHashMap<>();
    private int left;

    private Arithmetic() {}

    /// What every channel shows where units are shared.
    ///
    /// @param buffer the safety stock that was computed
    static Map<String, Integer> shared(List<Part> parts, Limits limits, int buffer) {
        Arithmetic sum = new Arithmetic();
        sum.share(parts, limits, buffer);
        return sum.done();
    }

    /// What the division grants.
    ///
    /// @param elsewhere units that others can still sell
    static Map<String, Integer> divided(List<Part> parts, Limits limits, int elsewhere, int granted) {
        Arithmetic sum = new Arithmetic();
        sum.share(parts, limits, 0);
        sum.take("exposed-at-other-offers", Math.min(elsewhere, sum.left));
        sum.take("division", sum.left - granted);
        return sum.done();
    }

    /// The number that terms come to.
    static int total(Map<String, Integer> terms) {
        return terms.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void share(List<Part> parts, Limits limits, int buffer) {
        if (parts.size() == 1 && parts.getFirst().per == 1) {
            promisable(parts.getFirst(), limits.locations());
        } else {
            int sets = Integer.MAX_VALUE;
            for (Part part : parts) {
                Arithmetic ofPart = new Arithmetic();
                ofPart.promisable(part, limits.locations());
                sets = Math.min(sets, ofPart.left / part.per);
            }
            add("fewest-of-parts", sets);
        }
        if (left == 0 && limits.madeToOrder() > 0 && !limits.discontinued()) {
            add("made-to-order", limits.madeToOrder());
            return;
        }
        int all = left;
        int percent = (all * limits.safetyPercent() + 99) / 100;
        if (limits.safetyStock() >= percent && limits.safetyStock() >= buffer) {
            take("safety-stock", Math.min(left, limits.safetyStock()));
        } else if (percent >= buffer) {
            take("safety-percent", Math.min(left, percent));
        } else {
            take("safety-computed", Math.min(left, buffer));
        }
        take("kept-for-other-channels", Math.min(left, limits.reserve()));
        take("above-share", Math.max(0, left - all * limits.share() / 100));
        take("above-maximum", Math.max(0, left - limits.maximum()));
        take("below-minimum", left < limits.minimum() ? left : 0);
        if (limits.discontinued()) {
            terms.put("discontinued", 0);
        }
    }

    private void promisable(Part part, Collection<String> counting) {
        int lies = 0;
        int here = 0;
        int allocatedElsewhere = 0;
        for (Place place : part.places) {
            boolean counts = counting.isEmpty() || counting.contains(place.location);
            lies += place.units;
            here += counts ? place.units : 0;
            allocatedElsewhere += counts ? 0 : place.allocated;
        }
        add("on-hand", lies);
        take("at-other-locations", lies - here);
        take("reserved", part.reserved);
        add("allocated-at-other-locations", allocatedElsewhere);
        take("backordered", part.backordered);
        add("promised-beyond-on-hand", Math.max(0, -left));
        int everywhere = Math.max(0, lies - part.reserved - part.backordered);
        take("owed-to-other-locations", Math.max(0, left - everywhere));
    }

    private void take(String name, int units) {
        add(name, -units);
    }

    private void add(String name, int units) {
        if (units != 0) {
            terms.put(name, units);
            left += units;
        }
    }

    private Map<String, Integer> done() {
        if (left == 0) {
            terms.put("hidden-at-zero", 0);
        }
        return terms;
    }

    /// What one unit of an offer takes.
    record Part(String pool, String sku, int per, int reserved, int backordered, int exposed, List<Place> places) {
        int onHand() {
            return places.stream().mapToInt(Place::units).sum();
        }
    }

    /// @param movement the number of the last movement there
    record Place(String location, int units, int allocated, long movement) {}
}
