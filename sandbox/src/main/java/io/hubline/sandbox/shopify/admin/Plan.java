package io.hubline.sandbox.shopify.admin;

import java.util.Locale;

/// A shop's plan, which decides how many cost points a second an app is given there.
///
/// The rates are the vendor's published ones. The bucket of twenty seconds' worth is what answers seen in
/// public show (20000 at 1000 points a second); the vendor's page does not state it.
public enum Plan {
    STANDARD(100),
    ADVANCED(200),
    PLUS(1000),
    ENTERPRISE(2000);

    private static final int BUCKET_SECONDS = 20;

    private final int pointsPerSecond;

    Plan(int pointsPerSecond) {
        this.pointsPerSecond = pointsPerSecond;
    }

    public static Plan named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "plan must be standard, advanced, plus or enterprise, not " + name, unknown);
        }
    }

    public int pointsPerSecond() {
        return pointsPerSecond;
    }

    public int bucketSize() {
        return pointsPerSecond * BUCKET_SECONDS;
    }
}
