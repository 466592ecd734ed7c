package io.hubline.returns.rma.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants of a return, or what was learnt about it.
public sealed interface Command {

    /// The buyer may send the goods.
    record Authorise() implements Command {}

    /// The seller says no.
    record Decline(String reason) implements Command {}

    /// Nothing will be sent back.
    record Cancel() implements Command {}

    /// Goods arrived.
    record Receive(String receiptId, String location, List<Units> lines) implements Command {

        public Receive {
            lines = List.copyOf(lines);
        }
    }

    /// Somebody looked at goods.
    record Inspect(String inspectionId, List<Finding> findings) implements Command {

        public Inspect {
            findings = List.copyOf(findings);
        }
    }

    /// So many units of each line are given up, all in all: said again, it changes nothing.
    record GiveUp(List<Units> lines) implements Command {

        public GiveUp {
            lines = List.copyOf(lines);
        }
    }

    /// The buyer gets money back for units, wherever the goods are.
    ///
    /// @param shippingMinor what of the order's shipping goes back too; 0 for none
    record PayBack(String refundId, List<Units> lines, long shippingMinor, String reason) implements Command {

        public PayBack {
            lines = List.copyOf(lines);
        }
    }

    /// A refused refund is to be tried again.
    record Retry(String refundId) implements Command {}

    /// The channel shows the refund.
    record RefundSettled(String refundId, Refund.Settled paid) implements Command {}

    /// The channel will not pay.
    record RefundFailed(String refundId, Refund.Failure why) implements Command {}

    /// The channel shows the return so.
    record Observed(ChannelView view) implements Command {}

    /// More is known of the order than before, or units of it were let go.
    record OrderLearnt() implements Command {}

    /// Units of one order line.
    record Units(String lineId, int quantity) {}

    /// What was found of units of one line.
    ///
    /// @param condition a word, such as `AS_NEW`
    /// @param location where they lie from now on; null for scrapped ones that lie nowhere
    record Finding(
            String lineId,
            int quantity,
            String condition,
            Disposition disposition,
            @Nullable String location) {}

    /// What becomes of units.
    enum Disposition {
        RESTOCK,
        SCRAP
    }
}
