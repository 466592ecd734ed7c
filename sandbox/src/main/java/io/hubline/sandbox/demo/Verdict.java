package io.hubline.sandbox.demo;

import io.hubline.sandbox.demo.DemoFigures.Invariant;
import java.util.ArrayList;
import java.util.List;

/// Collects what was compared for one invariant, and what was found wrong.
final class Verdict {

    private static final int SHOWN = 3;

    private final String id;
    private final List<String> violations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long checked;

    Verdict(String id) {
        this.id = id;
    }

    /// Counts one comparison, and keeps the complaint when it failed.
    void check(boolean right, String complaint) {
        checked++;
        if (!right) {
            violations.add(complaint);
        }
    }

    /// Counts comparisons that were made elsewhere.
    void checked(long comparisons) {
        checked += comparisons;
    }

    void violated(String complaint) {
        violations.add(complaint);
    }

    /// Something a reader of the table should know although nothing is wrong.
    void note(String note) {
        notes.add(note);
    }

    Invariant result() {
        if (checked == 0) {
            return new Invariant(id, false, 0, "nothing was there to check");
        }
        if (violations.isEmpty()) {
            return new Invariant(id, true, checked, String.join("; ", notes));
        }
        String more = violations.size() > SHOWN ? " (and %d more)".formatted(violations.size() - SHOWN) : "";
        return new Invariant(
                id,
                false,
                checked,
                String.join("; ", violations.subList(0, Math.min(SHOWN, violations.size()))) + more);
    }
}
