package io.hubline.inventory.availability.domain;

/// What an offer takes its units from: a SKU, or a bundle, in one pool.
public record Source(String pool, String sku) {}
