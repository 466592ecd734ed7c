package io.hubline.sandbox.trade;

/// Units that came back, as the desk counted them.
///
/// @param restocked whether they went back on the shelf; written off otherwise
public record ReturnedUnits(String returnId, String sku, int quantity, boolean restocked) {}
