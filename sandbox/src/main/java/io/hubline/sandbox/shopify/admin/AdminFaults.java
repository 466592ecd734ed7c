package io.hubline.sandbox.shopify.admin;

/// What goes wrong with API calls, in percent of calls, and how much later each answer comes.
///
/// A *throttled* call finds its bucket empty. An *unanswered* one takes effect and then the connection
/// closes without an answer. A *broken* mutation with an idempotency key fails before it is decided, and
/// its key is spent.
public record AdminFaults(
        double throttlePercent, double unansweredPercent, double brokenPercent, int extraLatencyMillis) {

    public static final AdminFaults NONE = new AdminFaults(0, 0, 0, 0);

    private static final int LONGEST_LATENCY_MILLIS = 60_000;

    public AdminFaults {
        checkPercent("throttlePercent", throttlePercent);
        checkPercent("unansweredPercent", unansweredPercent);
        checkPercent("brokenPercent", brokenPercent);
        if (extraLatencyMillis < 0 || extraLatencyMillis > LONGEST_LATENCY_MILLIS) {
            throw new IllegalArgumentException("extraLatencyMillis must be between 0 and " + LONGEST_LATENCY_MILLIS);
        }
    }

    private static void checkPercent(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " must be between 0 and 100, not " + value);
        }
    }
}
