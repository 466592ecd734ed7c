package io.hubline.sandbox.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Storefronts at the checkout, in a process of their own: each asks for a hold over its own connection,
/// and for the next one when it has its answer.
///
/// The client knows as little of HTTP as it needs, so that the machine's time goes to what is measured.
public final class Checkouts {

    private static final int TIMEOUT_MS = 60_000;

    private Checkouts() {}

    /// Words: host, port, file with a token per line, prefix of the ids, first part of the SKUs, number of
    /// SKUs, seconds to warm up, seconds to measure. There are as many callers as tokens. Prints one line:
    /// `granted=N refused=N perSecond=X p50Ms=X p99Ms=X`, `granted` over the whole time.
    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        List<String> tokens = Files.readAllLines(Path.of(words[2]));
        long begun = System.nanoTime();
        long from = begun + (long) (Double.parseDouble(words[6]) * 1e9);
        long until = from + (long) (Double.parseDouble(words[7]) * 1e9);
        Plan plan = new Plan(
                words[0], Integer.parseInt(words[1]), words[3], words[4], Integer.parseInt(words[5]), from, until);
        List<Tally> tallies = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tokens.size())) {
            List<Future<Tally>> running = new ArrayList<>();
            for (int caller = 0; caller < tokens.size(); caller++) {
                int number = caller;
                running.add(threads.submit(() -> ask(plan, number, tokens.get(number))));
            }
            for (Future<Tally> one : running) {
                tallies.add(one.get());
            }
        }
        terminal().println(summary(tallies, (until - from) / 1e9));
    }

    private static String summary(List<Tally> tallies, double seconds) {
        long[] all = tallies.stream()
                .flatMapToLong(tally -> Arrays.stream(tally.nanos, 0, tally.measured))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "granted=%d refused=%d perSecond=%.1f p50Ms=%.2f p99Ms=%.2f",
                tallies.stream().mapToLong(tally -> tally.granted).sum(),
                tallies.stream().mapToLong(tally -> tally.refused).sum(),
                all.length / seconds,
                all.length == 0 ? 0 : all[all.length / 2] / 1e6,
                all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1e6);
    }

    private static Tally ask(Plan plan, int caller, String token) throws IOException {
        Tally tally = new Tally();
        SplittableRandom random = new SplittableRandom(caller);
        try (Socket socket = new Socket(plan.host, plan.port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 2_048);
            OutputStream out = socket.getOutputStream();
            String head = " HTTP/1.1\r\nHost: " + plan.host + "\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\nContent-Length: ";
            for (int request = 0; System.nanoTime() < plan.until; request++) {
                String sku = plan.sku + (plan.skus == 1 ? 0 : random.nextInt(plan.skus));
                String body = "{\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":1}],\"expiresInSeconds\":3600}";
                byte[] message = ("PUT /holds/" + plan.prefix + "-" + caller + "-" + request + head + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(US_ASCII);
                long sent = System.nanoTime();
                out.write(message);
                int status = status(in);
                tally.add(status, sent, System.nanoTime(), plan.from);
            }
        }
        return tally;
    }

    /// Reads one answer to its end.
    private static int status(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the service hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @SuppressWarnings("SystemOut") // its output is what the one who started it reads
    private static PrintStream terminal() {
        return System.out;
    }

    /// @param from when measuring begins, as [System#nanoTime] has it
    private record Plan(String host, int port, String prefix, String sku, int skus, long from, long until) {}

    private static final class Tally {

        private long[] nanos = new long[1 << 14];
        private int measured;
        private long granted;
        private long refused;

        private void add(int status, long sent, long answered, long from) {
            if (status == 201) {
                granted++;
            } else {
                refused++;
            }
            if (sent >= from) {
                if (measured == nanos.length) {
                    nanos = Arrays.copyOf(nanos, measured * 2);
                }
                nanos[measured++] = answered - sent;
            }
        }
    }
}
