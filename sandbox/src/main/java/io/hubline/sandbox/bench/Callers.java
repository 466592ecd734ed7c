package io.hubline.sandbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Callers who each do one thing after another, as fast as they are answered.
final class Callers {

    private Callers() {}

    /// Does `things` things by so many callers; answers how long each took, in nanoseconds.
    static List<Long> run(int callers, int things, Thing thing) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Long>>> working = new ArrayList<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                working.add(workers.submit(() -> {
                    List<Long> took = new ArrayList<>();
                    for (int number; (number = next.getAndIncrement()) < things; ) {
                        long begun = System.nanoTime();
                        thing.happen(number);
                        took.add(System.nanoTime() - begun);
                    }
                    return took;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> work : working) {
                all.addAll(work.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }

    /// Milliseconds within which a share of them was done.
    static double quantileMs(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1)) / 1e6;
    }

    /// One thing that a caller does.
    @FunctionalInterface
    interface Thing {
        void happen(int number) throws IOException, InterruptedException;
    }
}
