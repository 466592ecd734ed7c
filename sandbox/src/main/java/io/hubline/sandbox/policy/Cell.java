package io.hubline.sandbox.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One situation that every policy is tried in.
///
/// @param lag what a message takes between hub and channel, in the mean, each way
/// @param salesPerHour buyers an hour over all channels
/// @param units on hand at the start; nothing is delivered later
record Cell(Duration lag, int salesPerHour, int units) {

    static final List<Duration> LAGS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(20));
    static final List<Integer> SALES_PER_HOUR = List.of(5, 50, 200, 2_000);
    static final List<Integer> UNITS = List.of(10, 40, 400);

    /// Buyers who come in all: twice as many as there are units, so that every unit could be sold.
    int buyers() {
        return 2 * units;
    }

    static List<Cell> all() {
        List<Cell> all = new ArrayList<>();
        for (int units : UNITS) {
            for (int salesPerHour : SALES_PER_HOUR) {
                for (Duration lag : LAGS) {
                    all.add(new Cell(lag, salesPerHour, units));
                }
            }
        }
        return List.copyOf(all);
    }

    /// The lag as people say it.
    String lagText() {
        return lag.toSeconds() < 60 ? lag.toSeconds() + " s" : lag.toMinutes() + " min";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d units, %d sales/h, lag %s", units, salesPerHour, lagText());
    }
}
