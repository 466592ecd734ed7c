package io.hubline.sandbox.trade;

/// What the warehouse did: parcels the order book took, the units in them, parcels it refused for good (the
/// order was cancelled meanwhile), and posts that had to be repeated because nobody answered.
public record WarehouseCounts(long shipments, long units, long refused, long repeated) {}
