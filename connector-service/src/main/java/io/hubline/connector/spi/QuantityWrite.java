package io.hubline.connector.spi;

/// One number to stand at a channel.
///
/// @param expected what must stand there now, or the channel refuses: the hub's booked expectation, never a
///     fresh read
/// @param sequence which published availability it is, for the channel's log
public record QuantityWrite(Place place, int quantity, long expected, long sequence) {}
