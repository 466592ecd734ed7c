package io.hubline.inventory.stock.domain;

/// Units of a transfer that arrived at once.
///
/// @param receipt chosen by whoever received them; unique within the transfer
public record TransferReceipt(String transfer, String receipt, String sku, int units) {}
