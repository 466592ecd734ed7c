package io.hubline.sandbox.amazon.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Query parameters, read strictly: each at most once, none empty, none that the operation does not know.
public final class Query {

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// Reads what follows the question mark.
    public static Query parse(@Nullable String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String name = decoded(parts[0]);
                String value = parts.length == 2 ? decoded(parts[1]) : "";
                if (value.isEmpty()) {
                    throw ApiError.invalid("Invalid Input: the parameter '%s' is empty.".formatted(name));
                }
                if (values.put(name, value) != null) {
                    throw ApiError.invalid("Invalid Input: the parameter '%s' is repeated; lists are comma-delimited."
                            .formatted(name));
                }
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("Invalid Input: the query string is not encoded as one.");
        }
    }

    /// Refuses every other parameter.
    Query allow(String... names) {
        Set<String> known = Set.of(names);
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw ApiError.invalid("Invalid Input: the parameter '%s' is not known.".formatted(name));
            }
        }
        return this;
    }

    @Nullable
    String one(String name) {
        return values.get(name);
    }

    /// One of the given values.
    @Nullable
    String one(String name, Set<String> allowed) {
        String value = values.get(name);
        if (value != null && !allowed.contains(value)) {
            throw ApiError.invalid("Invalid Input: '%s' is not a value of %s.".formatted(value, name));
        }
        return value;
    }

    /// A comma-delimited list; empty without the parameter.
    List<String> list(String name, int most) {
        String value = values.get(name);
        if (value == null) {
            return List.of();
        }
        List<String> items = new ArrayList<>(Arrays.asList(value.split(",", -1)));
        if (items.stream().anyMatch(String::isBlank)) {
            throw ApiError.invalid("Invalid Input: %s has an empty entry.".formatted(name));
        }
        if (items.size() > most) {
            throw ApiError.invalid("Invalid Input: %s has more than %d entries.".formatted(name, most));
        }
        return items;
    }

    /// A comma-delimited list of some of the given values.
    List<String> list(String name, Set<String> allowed) {
        List<String> items = list(name, allowed.size());
        for (String item : items) {
            if (!allowed.contains(item)) {
                throw ApiError.invalid("Invalid Input: '%s' is not a value of %s.".formatted(item, name));
            }
        }
        return items;
    }

    /// An ISO 8601 date-time.
    @Nullable
    Instant instant(String name) {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw ApiError.invalid("Invalid Input: %s '%s' is not an ISO 8601 date-time.".formatted(name, value));
        }
    }

    /// A whole number within bounds.
    int number(String name, int least, int most, int usual) {
        String value = values.get(name);
        if (value == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ApiError.invalid("Invalid Input: %s '%s' is not a whole number.".formatted(name, value));
        }
        throw ApiError.invalid("Invalid Input: %s must be between %d and %d.".formatted(name, least, most));
    }

    /// All but the named parameters, in a fixed order: two requests that ask the same have the same.
    String without(String name) {
        Map<String, String> rest = new TreeMap<>(values);
        rest.remove(name);
        return rest.toString();
    }
}
