package io.hubline.sandbox.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// What the user reads while parts start and stop: one line each, as it happens.
public final class Progress {

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    /// A line of its own.
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    void ready(String part, Duration after) {
        say(String.format(Locale.ROOT, "  %-16s ready  %5.1f s", part, after.toMillis() / 1_000.0));
    }

    void stopped(String part) {
        say(String.format(Locale.ROOT, "  %-16s stopped", part));
    }
}
