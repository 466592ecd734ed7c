package io.hubline.sandbox.shopify.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first answer to each idempotency key of a shop. Kept for the life of the process, which is longer
/// than the vendor's window. Use it under the shop's lock.
final class IdempotencyKeys {

    private final Map<String, Attempt> attempts = new HashMap<>();

    private record Attempt(String fingerprint, @Nullable Object answer) {}

    /// What a key turned out to be.
    sealed interface Outcome {

        /// The answer of the work, run now or earlier under this key.
        record Answered(Object answer, boolean replayed) implements Outcome {}

        /// The key was used with other parameters.
        record Mismatch() implements Outcome {}

        /// The key's first attempt broke down, so nobody knows what it did.
        record PreviousAttemptFailed() implements Outcome {}
    }

    /// Runs the work once per key. An answer with user errors is an answer too and is replayed.
    Outcome once(String key, String fingerprint, Supplier<Object> work) {
        Attempt earlier = attempts.get(key);
        if (earlier == null) {
            Object answer = work.get();
            attempts.put(key, new Attempt(fingerprint, answer));
            return new Outcome.Answered(answer, false);
        }
        if (!earlier.fingerprint().equals(fingerprint)) {
            return new Outcome.Mismatch();
        }
        return earlier.answer() == null
                ? new Outcome.PreviousAttemptFailed()
                : new Outcome.Answered(earlier.answer(), true);
    }

    /// Notes that an attempt under this key broke down before it was decided.
    void breakDown(String key, String fingerprint) {
        attempts.putIfAbsent(key, new Attempt(fingerprint, null));
    }
}
