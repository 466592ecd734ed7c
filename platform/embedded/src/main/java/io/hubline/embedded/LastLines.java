package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of a log, for error messages: it nearly always holds the reason.
public final class LastLines {

    private static final int LINES = 15;

    private LastLines() {}

    /// Up to fifteen lines, indented, or a remark that there are none.
    public static String of(Path log) {
        if (!Files.exists(log)) {
            return "    (no log at %s)".formatted(log);
        }
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.isEmpty()
                    ? "    (the log %s is empty)".formatted(log)
                    : String.join(
                            "\n",
                            lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                                    .map(line -> "    " + line)
                                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
