package io.hubline.catalog.product.domain;

import java.util.List;

/// What became of a patch.
///
/// @param errors what was not taken; a variant's index is its index in the patch, and every error on the
///     page itself concerns all of the patch
/// @param refused the indexes of variants in the patch that were not taken
public record PatchOutcome(Kind kind, List<Violation> errors, List<Integer> refused) {

    public PatchOutcome {
        errors = List.copyOf(errors);
        refused = List.copyOf(refused);
    }

    /// What became of the product.
    public enum Kind {
        CREATED,
        CHANGED,
        UNCHANGED,
        /// Nothing of the patch was taken.
        REFUSED
    }
}
