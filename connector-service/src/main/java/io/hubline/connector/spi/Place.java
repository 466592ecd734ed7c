package io.hubline.connector.spi;

/// What a channel counts, and where it counts it.
///
/// @param item the channel's id of what is counted
/// @param location the channel's id of the place
public record Place(String item, String location) {}
