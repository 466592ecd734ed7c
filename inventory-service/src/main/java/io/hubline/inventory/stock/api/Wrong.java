package io.hubline.inventory.stock.api;

import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import java.util.List;

/// A value that no constraint can judge, answered like one that a constraint refused.
record Wrong(String field, String reason) {

    static ProblemException field(String field, String reason) {
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .with("errors", List.of(new Wrong(field, reason)))
                .asException();
    }
}
