package io.hubline.sandbox.trade;

/// Units that left a location and were taken into the order book.
public record ShippedUnits(String shipmentId, String orderId, String locationId, String sku, int quantity) {}
