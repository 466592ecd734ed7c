package io.hubline.connector.adapter.amazon;

import io.hubline.connector.spi.Quota.Rate;

/// The operations that are called, each with a bucket of its own: what Amazon grants every seller.
enum Operation {
    SEARCH_ORDERS("searchOrders", 0.0056, 20, false),
    GET_ORDER("getOrder", 0.5, 30, false),
    CONFIRM_SHIPMENT("confirmShipment", 2, 10, true),
    GET_LISTINGS_ITEM("getListingsItem", 5, 10, false),
    PUT_LISTINGS_ITEM("putListingsItem", 5, 10, true),
    PATCH_LISTINGS_ITEM("patchListingsItem", 5, 5, true),
    CREATE_FEED_DOCUMENT("createFeedDocument", 0.5, 15, false),
    CREATE_FEED("createFeed", 0.0083, 15, true),
    GET_FEED("getFeed", 2, 15, false),
    GET_FEEDS("getFeeds", 0.0222, 10, false),
    GET_FEED_DOCUMENT("getFeedDocument", 0.0222, 10, false),
    LIST_TRANSACTIONS("listTransactions", 0.5, 10, false);

    private final String word;
    private final double perSecond;
    private final double burst;
    private final boolean changes;

    Operation(String word, double perSecond, double burst, boolean changes) {
        this.word = word;
        this.perSecond = perSecond;
        this.burst = burst;
        this.changes = changes;
    }

    /// Amazon's name for it.
    String word() {
        return word;
    }

    Rate granted() {
        return new Rate(perSecond, burst);
    }

    /// Whether a lost answer leaves it unknown what happened. A document that nothing refers to is nothing.
    boolean changes() {
        return changes;
    }
}
