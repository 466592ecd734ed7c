package io.hubline.sandbox.amazon.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens that continue a listing. Each holds for a day and only for the query that it came from.
final class PageTokens {

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final int BYTES = 21;

    /// Where a listing goes on.
    ///
    /// @param until the end of the window that the first page settled
    /// @param after how many rows have been shown
    record Place(String query, Instant until, Position after, Instant expires) {}

    /// The last row shown: its time, and its id among rows of that time.
    record Position(Instant at, String id) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    private final InstantSource clock;
    private final SecureRandom chance = new SecureRandom();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    PageTokens(InstantSource clock) {
        this.clock = clock;
    }

    String issue(String query, Instant until, Position after) {
        byte[] bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        places.values().removeIf(place -> place.expires().plus(LIFETIME).isBefore(now));
        places.put(token, new Place(query, until, after, now.plus(LIFETIME)));
        return token;
    }

    Place redeem(String name, String token, String query) {
        Place place = places.get(token);
        if (place == null) {
            throw ApiError.invalid("Invalid Input: %s is not known.".formatted(name));
        }
        if (!clock.instant().isBefore(place.expires())) {
            throw ApiError.invalid("Invalid Input: %s has expired.".formatted(name));
        }
        if (!place.query().equals(query)) {
            throw ApiError.invalid("Invalid Input: %s belongs to another query.".formatted(name));
        }
        return place;
    }
}
