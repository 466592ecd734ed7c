package io.hubline.inventory.stock.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whose promises cannot be kept when a pool promises more than lies there.
public final class Shortage {

    private Shortage() {}

    /// The fewest orders whose promises cover the shortage, and of all choices of so few the one whose
    /// orders are last in need: it takes the last in need that some such choice has, then the next.
    ///
    /// Where all orders together do not cover it, all are affected, for the rest is promised to somebody
    /// else.
    ///
    /// @param shortBy units promised beyond what lies there
    /// @param lastInNeedFirst every order that is promised units of the pool
    public static List<Promised> affected(int shortBy, List<Promised> lastInNeedFirst) {
        // How many of the orders not yet passed have so many units: large orders cover most with fewest.
        TreeMap<Integer, Integer> rest = new TreeMap<>(Comparator.reverseOrder());
        lastInNeedFirst.forEach(order -> rest.merge(order.units(), 1, Integer::sum));
        long missing = Math.min(shortBy, most(Integer.MAX_VALUE, rest));
        int places = fewest(missing, rest);
        List<Promised> affected = new ArrayList<>();
        for (Promised order : lastInNeedFirst) {
            if (places == 0) {
                break;
            }
            rest.computeIfPresent(order.units(), (_, count) -> count == 1 ? null : count - 1);
            if (order.units() + most(places - 1, rest) >= missing) {
                affected.add(order);
                missing -= order.units();
                places--;
            }
        }
        return affected;
    }

    private static int fewest(long units, Map<Integer, Integer> largestFirst) {
        long missing = units;
        int orders = 0;
        for (Map.Entry<Integer, Integer> entry : largestFirst.entrySet()) {
            long needed = Math.ceilDiv(Math.max(0, missing), (long) entry.getKey());
            int taken = (int) Math.min(needed, entry.getValue());
            orders += taken;
            missing -= (long) taken * entry.getKey();
        }
        return orders;
    }

    private static long most(int orders, Map<Integer, Integer> largestFirst) {
        long units = 0;
        int left = orders;
        for (Map.Entry<Integer, Integer> entry : largestFirst.entrySet()) {
            int taken = Math.min(left, entry.getValue());
            units += (long) taken * entry.getKey();
            left -= taken;
        }
        return units;
    }

    /// An order and what it is promised of one pool.
    ///
    /// @param units held or allocated; above zero
    public record Promised(String orderId, int units) {

        public Promised {
            if (units <= 0) {
                throw new IllegalArgumentException("order %s is promised %d units".formatted(orderId, units));
            }
        }
    }
}
