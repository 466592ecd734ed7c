package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// The user PostgreSQL runs as. It refuses root, so under root it gets the account `nobody` and its files
/// are given to it; for everybody else it simply runs as they do.
enum Account {
    OURSELVES,
    NOBODY;

    private static final int NOBODY_ID = 65534;

    static Account forServers() {
        return "root".equals(System.getProperty("user.name")) ? NOBODY : OURSELVES;
    }

    /// The command line, run as this account. The process keeps its number: no shell stays in between.
    List<String> command(List<String> command) {
        List<String> words = new ArrayList<>();
        if (this == NOBODY) {
            words.addAll(drop());
        }
        words.addAll(command);
        return words;
    }

    /// Gives a file or folder, with all in it, to this account.
    void own(Path path) {
        if (this == OURSELVES) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY_ID);
                Files.setAttribute(file, "unix:gid", NOBODY_ID);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether this account can reach a folder: nobody needs the right to pass through every folder above
    /// it.
    boolean reaches(Path folder) {
        if (this == OURSELVES) {
            return true;
        }
        try {
            for (Path step = folder.toAbsolutePath(); step != null; step = step.getParent()) {
                if (Files.exists(step)
                        && !Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> drop() {
        if (isProgram("setpriv")) {
            return List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        }
        if (isProgram("chroot")) {
            return List.of("chroot", "--userspec=" + NOBODY_ID + ":" + NOBODY_ID, "/");
        }
        throw new InfrastructureException(
                "PostgreSQL refuses to run as root, and neither 'setpriv' (util-linux) nor 'chroot' (coreutils) is here to"
                        + " start it as another user. Install one of them, or run as an ordinary user.");
    }

    private static boolean isProgram(String name) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }
}
