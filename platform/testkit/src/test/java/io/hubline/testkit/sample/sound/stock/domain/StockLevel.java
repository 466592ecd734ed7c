package io.hubline.testkit.sample.sound.stock.domain;

/// How much there is.
public record StockLevel(String sku, int units) {}
