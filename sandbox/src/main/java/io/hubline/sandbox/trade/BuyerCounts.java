package io.hubline.sandbox.trade;

/// What buyers did: `tried` is the sum of `placed`, `soldOut` and `failed`; of those placed, some were
/// cancelled and some cancellations came too late. A failed call may have taken effect: the shop's own
/// tally knows.
///
/// Of those who wanted to return something, the shop took the request, refused it or did not answer, or no
/// parcel had come when they gave up.
public record BuyerCounts(
        long tried,
        long placed,
        long soldOut,
        long failed,
        long cancelled,
        long cancelledTooLate,
        long returnsRequested,
        long returnsRefused,
        long returnsUnanswered,
        long returnsGivenUp) {}
