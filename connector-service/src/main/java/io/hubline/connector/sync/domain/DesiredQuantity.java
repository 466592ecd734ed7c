package io.hubline.connector.sync.domain;

import java.time.Instant;

/// What an offer should show, as of an availability's sequence.
///
/// @param booked units booked through the offer, ever, less those of cancelled sales
public record DesiredQuantity(String offer, String account, long sequence, int quantity, long booked, Instant at) {}
