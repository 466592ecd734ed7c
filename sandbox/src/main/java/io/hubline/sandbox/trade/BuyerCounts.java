package io.hubline.sandbox.trade;

/// What buyers did: `tried` is the sum of `placed`, `soldOut` and `failed`; of those placed, some were
/// cancelled and some cancellations came too late. A failed call may have taken effect: the shop's own tally
/// knows.
public record BuyerCounts(long tried, long placed, long soldOut, long failed, long cancelled, long cancelledTooLate) {}
