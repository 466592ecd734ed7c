package io.hubline.sandbox.trade;

import java.time.Instant;

/// Units that came back, as the desk counted them.
///
/// @param at just before the desk told of them
/// @param restocked whether they went back on the shelf; written off otherwise
public record ReturnedUnits(String returnId, String sku, int quantity, boolean restocked, Instant at) {}
