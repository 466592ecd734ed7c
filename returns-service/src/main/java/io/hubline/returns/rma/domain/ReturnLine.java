package io.hubline.returns.rma.domain;

/// The part of a return that is about one order line.
///
/// @param lineId the order line at the hub
/// @param channelLineId the order line at the channel
/// @param reason why, in the channel's or the seller's word
public record ReturnLine(String lineId, String channelLineId, String sku, String reason) {}
