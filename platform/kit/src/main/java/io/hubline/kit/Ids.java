package io.hubline.kit;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Time-ordered ids (UUID version 7, RFC 9562).
///
/// Ids of one process rise strictly, so that rows inserted in turn lie next to one another in an index.
/// Between processes they rise only as far as the clocks agree: never take their order for the order of
/// events.
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    // Milliseconds in the upper bits and a counter in the lower twelve, which fill the `rand_a` field.
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /// The next id.
    public static UUID next() {
        long now = System.currentTimeMillis() << 12;
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = (tick >>> 12) << 16 | 0x7000 | (tick & 0xFFF);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// The next id as text, for the places that keep ids as text.
    public static String text() {
        return next().toString();
    }
}
