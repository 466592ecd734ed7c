package io.hubline.catalog.offer.domain;

/// What one unit costs at one channel.
///
/// @param minor minor units of the currency, such as cents; never negative
/// @param currency ISO 4217
public record Price(long minor, String currency) {}
