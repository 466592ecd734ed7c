package io.hubline.connector.spi;

import java.time.Instant;

/// A cheap look at an order: enough to know whether it changed.
///
/// @param fingerprint everything cheap that differs when the order changed. It tells apart two changes that
///     the channel's clock stamps alike
public record OrderMark(String externalId, Instant updatedAt, String fingerprint) {}
