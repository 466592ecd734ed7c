package io.hubline.sandbox.launcher;

import io.hubline.embedded.InfrastructureException;
import io.hubline.embedded.LocalTokens;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `./hub` runs once everything is built: `up`, `down`, `status` and `token`.
///
/// Exit codes: 0 done, 1 not done or not in sync, 2 wrong usage, 3 not running.
public final class Launcher {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_RUNNING = 3;

    private static final List<String> ROLES = List.of("viewer", "operator", "catalog", "finance", "admin", "service");
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final Hub hub;
    private final PrintStream out;
    private final PrintStream err;

    private Launcher(Hub hub, PrintStream out, PrintStream err) {
        this.hub = hub;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), terminal(), System.err));
    }

    /// Runs one command and returns its exit code.
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            return new Launcher(Hub.ofEnvironment(), out, err).run(arguments);
        } catch (LaunchException | InfrastructureException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int run(List<String> arguments) throws InterruptedException {
        return switch (arguments) {
            case List<String> words when words.equals(List.of("up")) -> up();
            case List<String> words when words.equals(List.of("down")) -> new Down(hub, new Progress(out)).run();
            case List<String> words when words.equals(List.of("status")) -> new Status(hub, out, err).run();
            case List<String> words
            when words.size() == 2 && words.getFirst().equals("token") -> token(words.getLast());
            default -> usage("Unknown: " + String.join(" ", arguments));
        };
    }

    private int up() throws InterruptedException {
        Supervisor supervisor = Supervisor.overKeptData(hub, new Progress(out));
        supervisor.start();
        out.println("""

                Hubline is up after %.1f s.
                %s

                Tokens here are self-issued with a key below .hub/keys (./hub token ROLE); in production any OIDC provider
                issues them. Ctrl-C or './hub down' stops everything.""".formatted(supervisor.startupSeconds(), supervisor.addresses()));
        Optional<String> death = supervisor.awaitEnd();
        death.ifPresent(err::println);
        supervisor.stop();
        return death.isPresent() ? FAILED : DONE;
    }

    private int token(String role) {
        if (!ROLES.contains(role)) {
            return usage("There is no role '%s'; there are %s.".formatted(role, String.join(", ", ROLES)));
        }
        out.println(LocalTokens.in(hub.keys()).issue("local-" + role, Set.of(role), TOKEN_LIFETIME));
        return DONE;
    }

    private int usage(String complaint) {
        err.println(complaint);
        err.println("See './hub help'.");
        return USAGE;
    }

    @SuppressWarnings("SystemOut") // this is a command; its output is what the user came for
    private static PrintStream terminal() {
        return System.out;
    }
}
