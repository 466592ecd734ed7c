package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Outcome;

/// What became of an ask.
///
/// @param outcome of an ask with several requests the first that was not carried out, if there is one
/// @param repeated it was asked before and changed nothing now
public record Answer(Outcome outcome, boolean repeated) {

    static Answer of(Outcome outcome) {
        return new Answer(outcome, false);
    }

    /// Whether the books now say what was asked.
    public boolean isDone() {
        return switch (outcome) {
            case Outcome.Done _, Outcome.Granted _, Outcome.CutAtZero _ -> true;
            case Outcome.Refused _,
                    Outcome.Conflict _,
                    Outcome.Gone _,
                    Outcome.NoSuchHold _,
                    Outcome.NotOnHand _,
                    Outcome.IsBundle _,
                    Outcome.NotBooked _,
                    Outcome.TooMany _,
                    Outcome.NotInTransit _,
                    Outcome.UnknownSku _,
                    Outcome.Failed _ -> false;
        };
    }
}
