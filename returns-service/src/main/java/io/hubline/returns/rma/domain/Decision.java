package io.hubline.returns.rma.domain;

import java.util.List;

/// What a command made of a return.
public sealed interface Decision {

    /// It took effect.
    ///
    /// @param told in the order in which they leave; may be empty
    record Advanced(Rma rma, List<Announcement> told) implements Decision {

        public Advanced {
            told = List.copyOf(told);
        }
    }

    /// It changed nothing, and rightly so.
    record Unchanged(Rma rma) implements Decision {}

    /// It cannot be done.
    record Refused(Rma rma, Refusal refusal) implements Decision {}
}
