package io.hubline.inventory.availability.domain;

/// An offer as the catalogue announces it.
public record Listing(String offer, long sequence, String account, String channel, String sku, boolean active) {}
