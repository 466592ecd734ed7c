package io.hubline.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Redis server that keeps nothing over a restart: it is a cache and a counter, never the truth.
final class Redis implements Part {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Path program;
    private final Path folder;
    private final int port;
    private final Child child;

    Redis(Path program, Path folder, Path log, Path pidFile, int port) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.child = new Child("Redis", pidFile, log, Signal.TERM, STOP);
    }

    @Override
    public String title() {
        return "Redis";
    }

    @Override
    public void reap() {
        child.reap();
    }

    @Override
    public void start() {
        PrivateFiles.folder(folder);
        child.start(List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "128mb",
                "--dir",
                folder.toString()));
        Await.until("Redis", START, child::requireAlive, () -> says("PING").startsWith("+PONG"));
    }

    @Override
    public void stop() {
        child.stop();
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    /// Forgets everything.
    void flush() {
        String answer = says("FLUSHALL");
        if (!answer.startsWith("+OK")) {
            throw new InfrastructureException("Redis did not flush: '%s'".formatted(answer.strip()));
        }
    }

    /// One command, one answer of one line; an empty answer when nobody listens.
    private String says(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(PortCheck.LOOPBACK, port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[64];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII);
        } catch (IOException _) {
            return "";
        }
    }
}
