package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/// What can be said to a process of this machine.
public enum Signal {
    /// Please end.
    TERM,
    /// What Ctrl-C sends. For PostgreSQL: roll back open transactions, disconnect everybody, end cleanly.
    INT,
    /// End now, without a chance to tidy up.
    KILL,
    /// Stand still, without a chance to notice: memory, connections and locks stay as they are.
    STOP,
    /// Go on after a stop.
    CONT;

    /// Sends it. A process that is gone already is not an error: gone is what was wanted.
    public void sendTo(long pid) {
        try {
            // The JDK knows only TERM and KILL, and refuses both for a process that runs as another user.
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + pid + " 2>/dev/null")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
