package io.hubline.sandbox.demo;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the simulated shops counted on their own, read once after everything has settled.
///
/// @param orders every order ever sold
/// @param shown what each offer shows now
/// @param writes every write of a quantity that a shop applied, in the order in which it did
/// @param sales every change of a shown number by trade
/// @param refunds everything that was paid back for units that had left; what a cancellation gives back is
///     not in here
/// @param acceptedWebhooks `account:webhook id` of each webhook that the hub answered with 2xx
/// @param personalData what buyers gave of themselves: names, addresses, mail, telephone numbers
record ShopBooks(
        List<ShopOrder> orders,
        Map<String, Shown> shown,
        List<Write> writes,
        List<Sale> sales,
        List<Refund> refunds,
        Set<String> acceptedWebhooks,
        Collection<String> personalData) {

    /// These books and others as one.
    ShopBooks with(ShopBooks others) {
        return new ShopBooks(
                joined(orders, others.orders),
                joined(shown, others.shown),
                joined(writes, others.writes),
                joined(sales, others.sales),
                joined(refunds, others.refunds),
                joined(acceptedWebhooks, others.acceptedWebhooks),
                joined(List.copyOf(personalData), List.copyOf(others.personalData)));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static <T> Set<T> joined(Set<T> some, Set<T> others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static <V> Map<String, V> joined(Map<String, V> some, Map<String, V> others) {
        Map<String, V> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    /// One order as its shop has it.
    ///
    /// @param id the shop's number of it
    /// @param byChannel whether the channel ships it from a warehouse of its own
    /// @param paidMinor what the buyer paid for everything, in minor units
    record ShopOrder(String shop, String id, State state, boolean byChannel, long paidMinor, List<Line> lines) {

        enum State {
            OPEN,
            FULFILLED,
            CANCELLED
        }
    }

    /// One line of an order.
    ///
    /// @param fulfilled units that the shop was told have left
    record Line(String sku, int ordered, int fulfilled) {}

    /// What an offer shows.
    record Shown(String offer, int quantity) {}

    /// One applied write.
    record Write(String shop, String offer, String sku, int from, int to, Instant at) {}

    /// Money that went back, in minor units.
    record Refund(String shop, String orderId, long amountMinor) {}

    /// One sale or restock of a line.
    record Sale(String shop, String sku, int units, Instant at) {}
}
