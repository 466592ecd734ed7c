package io.hubline.returns.rma.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a unit's money is on its way back. It does not follow from where the goods are: channels pay
/// back before goods arrive, and goods arrive that nobody pays for.
public enum MoneyState {
    /// Nobody decided that the buyer gets anything.
    NONE,
    /// The buyer is to get it, and the amount is not known yet.
    APPROVED,
    /// It was announced, and the channel is being told.
    SENT,
    /// The channel was read back, and shows it.
    CONFIRMED,
    /// The channel refused, and a person has to decide.
    FAILED;

    /// What happens to money.
    public enum Step {
        APPROVE,
        SEND,
        CONFIRM,
        FAIL,
        /// A person lets a refused refund be tried again.
        RETRY
    }

    /// How far it is after the step; empty when the step cannot happen here.
    public Optional<MoneyState> after(Step step) {
        @Nullable
        MoneyState next = switch (this) {
            case NONE -> step == Step.APPROVE ? APPROVED : null;
            case APPROVED -> step == Step.SEND ? SENT : null;
            case SENT ->
                switch (step) {
                    case CONFIRM -> CONFIRMED;
                    case FAIL -> FAILED;
                    case APPROVE, SEND, RETRY -> null;
                };
            case FAILED ->
                switch (step) {
                    case RETRY -> APPROVED;
                    // Somebody tried again at the connector, or paid at the channel by hand.
                    case CONFIRM -> CONFIRMED;
                    case APPROVE, SEND, FAIL -> null;
                };
            case CONFIRMED -> null;
        };
        return Optional.ofNullable(next);
    }

    /// Whether the buyer still waits for it.
    public boolean isOwed() {
        return switch (this) {
            case APPROVED, SENT, FAILED -> true;
            case NONE, CONFIRMED -> false;
        };
    }
}
