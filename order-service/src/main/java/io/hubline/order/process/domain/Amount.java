package io.hubline.order.process.domain;

/// Money in the minor units of its currency, as the channel said it.
///
/// @param currency ISO 4217
public record Amount(long minor, String currency) {}
