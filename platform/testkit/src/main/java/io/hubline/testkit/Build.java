package io.hubline.testkit;

import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.TrackedProcess;
import java.nio.file.Path;
import java.util.Optional;

/// The build these tests belong to: one run of Maven, or of an IDE.
///
/// @param process whoever started the test processes; the infrastructure ends when it does
record Build(Path root, TrackedProcess process) {

    static Build current() {
        return new Build(Infrastructure.repositoryRoot(), starter());
    }

    /// Where the infrastructure of all builds lies, each in a folder of its own.
    Path folder() {
        return root.resolve(".hub/test");
    }

    /// The home of this build's infrastructure. Two builds of one repository at a time do not meet.
    Path home() {
        return folder().resolve(
                        "build-" + process.pid() + "-" + process.startedAt().toEpochMilli());
    }

    /// The build whose home this is, or empty for any other folder.
    static Optional<TrackedProcess> ofHome(Path home) {
        String name = home.getFileName().toString();
        return name.startsWith("build-")
                ? TrackedProcess.parse(name.substring("build-".length()).replace('-', ' '))
                : Optional.empty();
    }

    /// The nearest Java process above this one. Maven may put a shell in between; an IDE is not always
    /// Java, and then the direct parent has to do.
    private static TrackedProcess starter() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        for (Optional<ProcessHandle> step = parent; step.isPresent(); step = step.flatMap(ProcessHandle::parent)) {
            if (step.flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("/java"))
                    .isPresent()) {
                return step.flatMap(TrackedProcess::of).orElseGet(TrackedProcess::current);
            }
        }
        return parent.flatMap(TrackedProcess::of).orElseGet(TrackedProcess::current);
    }
}
