package io.hubline.sandbox.amazon.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Access tokens, each for one app at one account. Several may be valid at once; they end by themselves.
public final class LwaTokens {

    private static final int TOKEN_BYTES = 48;

    private record Grant(String account, Instant until) {}

    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom chance = new SecureRandom();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    public LwaTokens(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /// A new token for the account.
    public String issue(String account) {
        byte[] bytes = new byte[TOKEN_BYTES];
        chance.nextBytes(bytes);
        String token = "Atza|" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        grants.values().removeIf(grant -> grant.until().plus(lifetime).isBefore(now));
        grants.put(token, new Grant(account, now.plus(lifetime)));
        return token;
    }

    /// The account that the token is for; 403 without one, with an unknown one and with one that has ended.
    public String account(@Nullable String token) {
        Grant grant = token == null ? null : grants.get(token);
        if (grant == null) {
            throw denied(
                    token == null
                            ? "Access token is missing in the request header."
                            : "The access token you provided is revoked, malformed or invalid.");
        }
        if (!clock.instant().isBefore(grant.until())) {
            throw denied("The access token you provided has expired.");
        }
        return grant.account();
    }

    private static ApiError denied(String details) {
        return new ApiError(403, "Unauthorized", "Access to requested resource is denied.", details);
    }

    public Duration lifetime() {
        return lifetime;
    }
}
