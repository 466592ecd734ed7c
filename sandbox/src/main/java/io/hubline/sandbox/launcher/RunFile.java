package io.hubline.sandbox.launcher;

import io.hubline.embedded.PrivateFiles;
import io.hubline.embedded.TrackedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// What a running launcher tells other terminals: who it is, its ports and where its infrastructure lies.
record RunFile(TrackedProcess launcher, int portBase, Path data) {

    private static Path file(Path root) {
        return root.resolve(".hub/run/launcher.properties");
    }

    static Optional<RunFile> read(Path root) {
        Path file = file(root);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = PrivateFiles.properties(file);
        return TrackedProcess.parse(properties.getProperty("launcher", ""))
                .map(launcher -> new RunFile(
                        launcher,
                        Integer.parseInt(properties.getProperty("port-base")),
                        Path.of(properties.getProperty("data"))));
    }

    /// The launcher that is running at this moment, if one is.
    static Optional<RunFile> running(Path root) {
        return read(root).filter(run -> run.launcher().isAlive());
    }

    void write(Path root) {
        Properties properties = new Properties();
        properties.setProperty("launcher", launcher.line());
        properties.setProperty("port-base", Integer.toString(portBase));
        properties.setProperty("data", data.toString());
        PrivateFiles.write(file(root), properties);
    }

    static void delete(Path root) {
        PrivateFiles.deleteTree(file(root));
    }
}
