package io.hubline.sandbox.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A measurement that a user can ask for by its name.
public interface Bench {

    /// As it is asked for.
    String name();

    /// What is measured, in one line.
    String about();

    /// Measures; prints on the way what a person wants to see.
    Result run(Wish wish, PrintStream out) throws IOException, InterruptedException;

    /// What the user wants beyond the name.
    ///
    /// @param size how much of it; empty for the size that counts
    /// @param chart where to draw a chart, of a benchmark that has one
    record Wish(OptionalInt size, Optional<Path> chart) {}

    /// What was found, as `--json` writes it.
    ///
    /// @param measured figures by name
    /// @param baseline what they are compared with: a `name`, and figures of the same kind
    /// @param ratio how many times better than the baseline
    /// @param more whatever else is worth keeping
    record Result(
            String name,
            Map<String, Object> measured,
            Map<String, Object> baseline,
            double ratio,
            List<String> notes,
            Map<String, Object> more) {

        public Result {
            notes = List.copyOf(notes);
        }
    }
}
