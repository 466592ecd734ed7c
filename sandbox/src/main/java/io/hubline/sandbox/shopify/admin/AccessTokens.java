package io.hubline.sandbox.shopify.admin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Access tokens of one app at one shop, from client credentials. They expire and cannot be refreshed: the
/// app asks for another. Several may be valid at once.
public final class AccessTokens {

    private static final int TOKEN_BYTES = 16;

    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom chance = new SecureRandom();
    private final Map<String, Instant> validUntil = new ConcurrentHashMap<>();

    public AccessTokens(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public String issue() {
        byte[] bytes = new byte[TOKEN_BYTES];
        chance.nextBytes(bytes);
        String token = "shpat_" + HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        validUntil.values().removeIf(until -> until.isBefore(now));
        validUntil.put(token, now.plus(lifetime));
        return token;
    }

    public boolean accepts(@Nullable String token) {
        Instant until = token == null ? null : validUntil.get(token);
        return until != null && clock.instant().isBefore(until);
    }

    public Duration lifetime() {
        return lifetime;
    }
}
