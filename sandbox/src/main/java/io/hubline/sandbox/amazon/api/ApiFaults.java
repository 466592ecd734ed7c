package io.hubline.sandbox.amazon.api;

import java.util.Set;

/// What goes wrong with calls, in percent of calls, and how much later each answer comes.
///
/// A *throttled* call finds its bucket empty. An *unavailable* one is answered 503 and a *broken* one 500,
/// and neither takes effect. An *unanswered* one takes effect and then the connection closes without an
/// answer.
///
/// @param operations the vendor's names of the operations that are meant; empty means all
public record ApiFaults(
        double throttlePercent,
        double unavailablePercent,
        double brokenPercent,
        double unansweredPercent,
        int extraLatencyMillis,
        Set<String> operations) {

    public static final ApiFaults NONE = new ApiFaults(0, 0, 0, 0, 0, Set.of());

    private static final int LONGEST_LATENCY_MILLIS = 60_000;

    public ApiFaults {
        operations = Set.copyOf(operations);
        checkPercent("throttlePercent", throttlePercent);
        checkPercent("unavailablePercent", unavailablePercent);
        checkPercent("brokenPercent", brokenPercent);
        checkPercent("unansweredPercent", unansweredPercent);
        if (extraLatencyMillis < 0 || extraLatencyMillis > LONGEST_LATENCY_MILLIS) {
            throw new IllegalArgumentException("extraLatencyMillis must be between 0 and " + LONGEST_LATENCY_MILLIS);
        }
        for (String operation : operations) {
            boolean known = false;
            for (Operation each : Operation.values()) {
                known |= each.id().equals(operation);
            }
            if (!known) {
                throw new IllegalArgumentException("there is no operation " + operation);
            }
        }
    }

    /// Whether calls of the operation are meant.
    public boolean mean(Operation operation) {
        return operations.isEmpty() || operations.contains(operation.id());
    }

    private static void checkPercent(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " must be between 0 and 100, not " + value);
        }
    }
}
