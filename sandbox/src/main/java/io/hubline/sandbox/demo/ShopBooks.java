package io.hubline.sandbox.demo;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the simulated shops counted on their own, read once after everything has settled.
///
/// @param orders every order ever sold
/// @param shown what each offer shows now
/// @param writes every write of a quantity that a shop applied, in the order in which it did
/// @param sales every change of a shown number by trade
/// @param acceptedWebhooks `account:webhook id` of each webhook that the hub answered with 2xx
/// @param personalData what buyers gave of themselves: names, addresses, mail, telephone numbers
record ShopBooks(
        List<ShopOrder> orders,
        Map<String, Shown> shown,
        List<Write> writes,
        List<Sale> sales,
        Set<String> acceptedWebhooks,
        Collection<String> personalData) {

    /// One order as its shop has it.
    ///
    /// @param id the shop's number of it
    record ShopOrder(String shop, String id, State state, List<Line> lines) {

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

    /// One sale or restock of a line.
    record Sale(String shop, String sku, int units, Instant at) {}
}
