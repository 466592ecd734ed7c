package io.hubline.returns.rma.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a unit is on its way back.
public enum Custody {
    /// The buyer may send it.
    EXPECTED,
    /// It arrived, and nobody has looked at it.
    RECEIVED,
    /// Somebody looked at it. It does not stay so: whoever inspects says what becomes of it.
    INSPECTED,
    /// It is back in stock.
    RESTOCKED,
    /// It is written off.
    SCRAPPED,
    /// It was given up. Should the parcel come after all, it is received.
    MISSING;

    /// What happens to a unit.
    public enum Step {
        RECEIVE,
        INSPECT,
        RESTOCK,
        SCRAP,
        GIVE_UP
    }

    /// Where the unit is after the step; empty when the step cannot happen here.
    public Optional<Custody> after(Step step) {
        @Nullable
        Custody next = switch (this) {
            case EXPECTED ->
                switch (step) {
                    case RECEIVE -> RECEIVED;
                    case GIVE_UP -> MISSING;
                    case INSPECT, RESTOCK, SCRAP -> null;
                };
            case RECEIVED -> step == Step.INSPECT ? INSPECTED : null;
            case INSPECTED ->
                switch (step) {
                    case RESTOCK -> RESTOCKED;
                    case SCRAP -> SCRAPPED;
                    case RECEIVE, INSPECT, GIVE_UP -> null;
                };
            case MISSING -> step == Step.RECEIVE ? RECEIVED : null;
            case RESTOCKED, SCRAPPED -> null;
        };
        return Optional.ofNullable(next);
    }

    /// Whether nothing more is to be done with the goods.
    public boolean isEnd() {
        return switch (this) {
            case EXPECTED, RECEIVED, INSPECTED -> false;
            case RESTOCKED, SCRAPPED, MISSING -> true;
        };
    }
}
