package io.hubline.catalog.product.domain;

/// What one unit costs.
///
/// @param minor minor units of the currency, such as cents; never negative
/// @param currency ISO 4217
public record Price(long minor, String currency) {}
