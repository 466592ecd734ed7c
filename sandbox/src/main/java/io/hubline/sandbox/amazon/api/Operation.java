package io.hubline.sandbox.amazon.api;

/// The operations that are played, with the quota that the vendor gives each: requests per second and how
/// many may come at once.
public enum Operation {
    SEARCH_ORDERS("searchOrders", 0.0056, 20),
    GET_ORDER("getOrder", 0.5, 30),
    CONFIRM_SHIPMENT("confirmShipment", 2, 10),
    GET_LISTINGS_ITEM("getListingsItem", 5, 10),
    PUT_LISTINGS_ITEM("putListingsItem", 5, 10),
    PATCH_LISTINGS_ITEM("patchListingsItem", 5, 5),
    DELETE_LISTINGS_ITEM("deleteListingsItem", 5, 5),
    CREATE_FEED_DOCUMENT("createFeedDocument", 0.5, 15),
    CREATE_FEED("createFeed", 0.0083, 15),
    GET_FEED("getFeed", 2, 15),
    GET_FEEDS("getFeeds", 0.0222, 10),
    GET_FEED_DOCUMENT("getFeedDocument", 0.0222, 10),
    LIST_TRANSACTIONS("listTransactions", 0.5, 10);

    private final String id;
    private final double perSecond;
    private final int burst;

    Operation(String id, double perSecond, int burst) {
        this.id = id;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /// The vendor's name of it.
    public String id() {
        return id;
    }

    public double perSecond() {
        return perSecond;
    }

    public int burst() {
        return burst;
    }
}
