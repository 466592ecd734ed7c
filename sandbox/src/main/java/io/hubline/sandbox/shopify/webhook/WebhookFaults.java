package io.hubline.sandbox.shopify.webhook;

import java.util.SplittableRandom;

/// Which messages go wrong, in percent. Decided per message from the seed and the message's own name, so
/// that the same run loses, doubles and delays the same messages however its threads interleave.
public record WebhookFaults(double duplicatePercent, double reorderPercent, double lostPercent) {

    public static final WebhookFaults NONE = new WebhookFaults(0, 0, 0);

    public WebhookFaults {
        checkPercent("duplicatePercent", duplicatePercent);
        checkPercent("reorderPercent", reorderPercent);
        checkPercent("lostPercent", lostPercent);
    }

    private static void checkPercent(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " must be between 0 and 100, not " + value);
        }
    }

    /// What happens to one message. A lost one is never sent, so it is neither doubled nor delayed.
    public record Fate(boolean lost, boolean duplicated, boolean reordered) {}

    /// The fate of the message so named; `messageKey` must be unique in a run and the same in the next.
    public Fate fateOf(long seed, String messageKey) {
        SplittableRandom chance = new SplittableRandom(seed ^ spread(messageKey));
        boolean lost = hits(chance, lostPercent);
        boolean duplicated = hits(chance, duplicatePercent);
        boolean reordered = hits(chance, reorderPercent);
        return new Fate(lost, !lost && duplicated, !lost && reordered);
    }

    private static boolean hits(SplittableRandom chance, double percent) {
        return chance.nextDouble() * 100 < percent;
    }

    /// A 64-bit FNV-1a of the text: `String.hashCode` alone makes neighbours share their fate.
    private static long spread(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
