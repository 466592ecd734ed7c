package io.hubline.returns.rma.domain;

/// Why something cannot be done with a return.
public sealed interface Refusal {

    /// The sentence for a person.
    String text();

    /// The return is not where this can happen.
    record WrongState(RmaState state, String text) implements Refusal {}

    /// The order, or the return, has no such line.
    ///
    /// @param field where the request names it
    record UnknownLine(String field, String lineId) implements Refusal {

        @Override
        public String text() {
            return "there is no line %s here".formatted(lineId);
        }
    }

    /// The request asks for more units than there are.
    ///
    /// @param field where the request says how many
    /// @param possible how many there are
    /// @param of which units those are, such as `units that left and are in no return`
    record TooManyUnits(String field, String lineId, int asked, int possible, String of) implements Refusal {

        @Override
        public String text() {
            return "line %s: %d asked, and there are %d %s".formatted(lineId, asked, possible, of);
        }
    }

    /// The channel has not said what was paid for a line.
    record PriceNotKnown(String field, String lineId) implements Refusal {

        @Override
        public String text() {
            return "the channel has not said what was paid for line %s".formatted(lineId);
        }
    }

    /// Nothing was paid for these units, or all of it was asked back before.
    record NothingToRefund() implements Refusal {

        @Override
        public String text() {
            return "nothing was paid for these units, or all of it was asked back before";
        }
    }

    /// Nobody has said what the buyer paid for shipping.
    record ShippingNotKnown() implements Refusal {

        @Override
        public String text() {
            return "what the buyer paid for shipping is not known to the hub; pay it back at the channel";
        }
    }

    /// More shipping is asked back than was paid.
    record TooMuchShipping(long askedMinor, long possibleMinor) implements Refusal {

        @Override
        public String text() {
            return "%d of the shipping is asked back, and %d is left of it".formatted(askedMinor, possibleMinor);
        }
    }

    /// The return has no such refund.
    record UnknownRefund(String refundId) implements Refusal {

        @Override
        public String text() {
            return "the return has no refund %s".formatted(refundId);
        }
    }

    /// The refund was not refused, so there is nothing to try again.
    record NotRetryable(String refundId, MoneyState state) implements Refusal {

        @Override
        public String text() {
            return "refund %s is %s; only a failed one can be tried again".formatted(refundId, state);
        }
    }
}
