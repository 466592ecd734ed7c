package io.hubline.sandbox.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `./hub demo` was asked for.
///
/// @param seconds how long buyers trade; 10 to 3,600
/// @param rate orders a second over both shops; above 0, at most 200
/// @param mode how the units of a SKU are divided over the channels, and how deep its stock is
/// @param stall for how long order-service stands still, first of all; zero for not at all
/// @param keep stay after the verdict, for a look around
/// @param sabotages damage to do from outside, to see that the demo notices
/// @param json where to write the figures
record DemoOptions(
        int seconds,
        double rate,
        long seed,
        Mode mode,
        Duration stall,
        boolean keep,
        List<Sabotage> sabotages,
        @Nullable Path json) {

    private static final Duration AFTER_STALL = Duration.ofSeconds(20);

    DemoOptions {
        sabotages = List.copyOf(sabotages);
        if (stall.plus(AFTER_STALL).toSeconds() > seconds && !stall.isZero()) {
            throw new IllegalArgumentException("a stall of %d s needs --seconds %d at least, for trade after it"
                    .formatted(stall.toSeconds(), stall.plus(AFTER_STALL).toSeconds()));
        }
    }

    /// Reads the words after `demo`.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    static DemoOptions parse(List<String> words) {
        int seconds = 60;
        double rate = 10;
        long seed = 1;
        Mode mode = Mode.SHARED;
        Duration stall = Duration.ZERO;
        boolean keep = false;
        List<Sabotage> sabotages = List.of();
        Path json = null;
        for (int at = 0; at < words.size(); at++) {
            switch (words.get(at)) {
                case "--seconds" -> seconds = (int) number(words, ++at, 10, 3_600);
                case "--rate" -> rate = number(words, ++at, 0.1, 200);
                case "--seed" -> seed = (long) number(words, ++at, 0, Integer.MAX_VALUE);
                case "--mode" -> mode = modeCalled(value(words, ++at));
                case "--stall-order-service" -> stall = Duration.ofSeconds((long) number(words, ++at, 1, 600));
                case "--keep" -> keep = true;
                case "--json" -> json = Path.of(value(words, ++at));
                case "--sabotage" -> sabotages = named(value(words, ++at));
                default ->
                    throw new IllegalArgumentException("demo does not know '" + words.get(at)
                            + "'; it takes --seconds N, --rate N, --seed N, --mode shared|escrow, --stall-order-service SECONDS,"
                            + " --json FILE, --keep and --sabotage NAME[,NAME]");
            }
        }
        return new DemoOptions(seconds, rate, seed, mode, stall, keep, sabotages, json);
    }

    private static Mode modeCalled(String name) {
        return Arrays.stream(Mode.values())
                .filter(known -> known.option().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--mode is shared or escrow, not '%s'".formatted(name)));
    }

    private static List<Sabotage> named(String names) {
        return Arrays.stream(names.split(",", -1)).map(DemoOptions::sabotageOf).toList();
    }

    private static Sabotage sabotageOf(String name) {
        return Arrays.stream(Sabotage.values())
                .filter(known -> known.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no sabotage is called '%s'; there are %s".formatted(name, Sabotage.options())));
    }

    private static double number(List<String> words, int at, double min, double max) {
        String text = value(words, at);
        try {
            double number = Double.parseDouble(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(words.get(at - 1) + " wants a number, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(
                String.format(Locale.ROOT, "%s takes %.1f to %.1f, not %s", words.get(at - 1), min, max, text));
    }

    private static String value(List<String> words, int at) {
        if (at >= words.size()) {
            throw new IllegalArgumentException(words.getLast() + " wants a value");
        }
        return words.get(at);
    }

    /// How the stock is sold.
    enum Mode {
        /// Deep stock; every channel shows what is left.
        SHARED,
        /// Shallow stock, divided over the channels by order of the seller, with no SKU left out.
        ESCROW;

        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
