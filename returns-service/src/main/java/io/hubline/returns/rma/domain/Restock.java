package io.hubline.returns.rma.domain;

/// Units that went back to stock in one step; it never changes.
public record Restock(String restockId, String lineId, String sku, String location, int quantity) {}
