package io.hubline.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How to start a process that Ctrl-C in our terminal does not reach.
///
/// A terminal sends its interrupt to every process of the foreground group at once. Then databases would go
/// before the services that still write to them. In a session of their own they end when, and in the order,
/// we tell them to.
public final class Detached {

    private Detached() {}

    /// Words to put before a command line. The process keeps its number.
    public static List<String> prefix() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .map(List::of)
                .orElse(List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--"));
    }
}
