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
        return outcome instanceof Outcome.Done || outcome instanceof Outcome.Granted;
    }
}
