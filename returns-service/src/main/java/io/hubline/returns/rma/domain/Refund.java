package io.hubline.returns.rma.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Money for units of a return. Once sent, its amounts never change.
///
/// @param state the same for all its units
/// @param amountMinor tax included: the lines and the shipping; 0 while it is APPROVED only
/// @param currency null while the price is not known
/// @param failure why the channel refused, and what a person can do; null unless FAILED
/// @param settled what the channel says it paid; null before
public record Refund(
        String refundId,
        MoneyState state,
        long amountMinor,
        long shippingMinor,
        @Nullable String currency,
        String reason,
        List<Line> lines,
        @Nullable Failure failure,
        @Nullable Settled settled) {

    public Refund {
        lines = List.copyOf(lines);
    }

    /// The part for units of one order line.
    public record Line(String lineId, String channelLineId, int quantity, long amountMinor, long taxMinor) {}

    /// Why the channel did not pay.
    public record Failure(String reason, String nextStep) {}

    /// What the channel says it paid.
    ///
    /// @param channelRefundId null where the channel has no id for it
    public record Settled(@Nullable String channelRefundId, long amountMinor, String currency) {}

    /// Whether the channel says it paid something else than it was asked for.
    public boolean isPaidDifferently() {
        return settled != null
                && (settled.amountMinor() != amountMinor || !settled.currency().equals(currency));
    }

    Refund at(MoneyState next) {
        return new Refund(refundId, next, amountMinor, shippingMinor, currency, reason, lines, null, settled);
    }

    Refund failed(MoneyState next, Failure why) {
        return new Refund(refundId, next, amountMinor, shippingMinor, currency, reason, lines, why, settled);
    }

    Refund settled(MoneyState next, Settled paid) {
        return new Refund(refundId, next, amountMinor, shippingMinor, currency, reason, lines, null, paid);
    }
}
