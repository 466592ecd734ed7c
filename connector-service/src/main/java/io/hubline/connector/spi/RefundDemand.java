package io.hubline.connector.spi;

import io.hubline.contracts.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Money to pay back.
///
/// @param refundId the hub's id of it
/// @param channelReturnId the channel's return it belongs to; null where the channel knows of none
/// @param amount everything: the sum over the lines and the shipping
/// @param reason the word the return was opened with
public record RefundDemand(
        String externalId,
        String refundId,
        @Nullable String channelReturnId,
        Money amount,
        Money shipping,
        String reason,
        List<Line> lines) {

    public RefundDemand {
        lines = List.copyOf(lines);
    }

    /// The part for units of one line.
    ///
    /// @param amount tax included
    /// @param tax what of it is tax
    public record Line(String channelLineId, int quantity, Money amount, Money tax) {}
}
