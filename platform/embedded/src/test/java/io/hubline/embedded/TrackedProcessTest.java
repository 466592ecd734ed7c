package io.hubline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedProcessTest {

    @TempDir
    Path folder;

    @Test
    void a_process_is_found_again_through_its_file_and_ended() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        TrackedProcess.of(process.toHandle()).orElseThrow().write(folder.resolve("sleep.pid"));

        TrackedProcess.read(folder.resolve("sleep.pid")).orElseThrow().end(Signal.TERM, Duration.ofSeconds(5));

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void a_process_that_ignores_a_polite_signal_is_forced() throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; echo ready; sleep 60").start();
        process.inputReader().readLine();
        TrackedProcess tracked = TrackedProcess.of(process.toHandle()).orElseThrow();

        tracked.end(Signal.TERM, Duration.ofMillis(300));

        assertThat(tracked.isAlive()).isFalse();
    }

    @Test
    void another_process_that_got_the_same_number_is_left_alone() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        TrackedProcess real = TrackedProcess.of(process.toHandle()).orElseThrow();
        TrackedProcess older = new TrackedProcess(real.pid(), real.startedAt().minusSeconds(3600));

        older.end(Signal.KILL, Duration.ofMillis(300));

        assertThat(older.isAlive()).isFalse();
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
    }

    @Test
    void a_file_cut_short_by_a_crash_names_no_process() {
        PrivateFiles.write(folder.resolve("cut.pid"), "4711");

        assertThat(TrackedProcess.read(folder.resolve("cut.pid"))).isEmpty();
        assertThat(TrackedProcess.read(folder.resolve("absent.pid"))).isEmpty();
    }
}
