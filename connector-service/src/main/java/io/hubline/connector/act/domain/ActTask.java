package io.hubline.connector.act.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to tell a channel.
///
/// @param id its key over all tries
/// @param attempts how often it was tried, this time included
/// @param progress what an earlier try brought
public record ActTask(
        UUID id,
        String account,
        String orderId,
        String externalId,
        Detail detail,
        int attempts,
        @Nullable String progress) {

    /// What to tell.
    public sealed interface Detail {

        /// The word under which it is stored and shown; never changed.
        String kind();

        /// Unique together with the order and the kind: the same thing is told once.
        String subject();
    }

    /// A parcel left.
    public record Ship(
            String shipmentId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            List<ShippedUnits> lines)
            implements Detail {

        public Ship {
            lines = List.copyOf(lines);
        }

        @Override
        public String kind() {
            return "ship";
        }

        @Override
        public String subject() {
            return shipmentId;
        }

        /// Units by the channel's line id.
        public Map<String, Integer> quantities() {
            return lines.stream()
                    .collect(java.util.stream.Collectors.toMap(
                            ShippedUnits::channelLineId, ShippedUnits::quantity, Math::addExact));
        }
    }

    /// Units of one line.
    public record ShippedUnits(String channelLineId, int quantity) {}

    /// The seller called the order off.
    public record Cancel(String reason) implements Detail {

        @Override
        public String kind() {
            return "cancel";
        }

        @Override
        public String subject() {
            return "order";
        }
    }

    /// The buyer gets money back.
    ///
    /// @param returnId the hub's return it belongs to
    /// @param refundId the hub's id of it: paid once, however often it is told of
    /// @param channelReturnId null where the channel knows of no return
    /// @param currency of every amount, which are in its minor units
    /// @param amount everything: the sum over the lines and the shipping
    public record Refund(
            String returnId,
            String refundId,
            @Nullable String channelReturnId,
            String currency,
            long amount,
            long shipping,
            String reason,
            List<RefundedUnits> lines)
            implements Detail {

        public Refund {
            lines = List.copyOf(lines);
        }

        @Override
        public String kind() {
            return "refund";
        }

        @Override
        public String subject() {
            return refundId;
        }
    }

    /// The part of a refund that is for units of one line.
    ///
    /// @param amount tax included
    /// @param tax what of it is tax
    public record RefundedUnits(String channelLineId, int quantity, long amount, long tax) {}

    /// The seller's answer to a return that the channel knows.
    public record AnswerReturn(String channelReturnId, Answer answer) implements Detail {

        @Override
        public String kind() {
            return "return-answer";
        }

        @Override
        public String subject() {
            return channelReturnId + ":" + answer.name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the seller answers.
    public enum Answer {
        /// The goods may be sent.
        APPROVE,
        DECLINE,
        /// Nothing will be sent.
        CANCEL,
        /// Everything is done.
        CLOSE
    }
}
