package io.hubline.testkit.sample.flawed.stock.domain;

import jakarta.persistence.Embeddable;

/// Knows how it is stored.
@Embeddable
public record StockLevel(String sku, int units) {}
