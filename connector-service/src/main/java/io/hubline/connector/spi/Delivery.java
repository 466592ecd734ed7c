package io.hubline.connector.spi;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A webhook as it came, before anybody believed it.
///
/// @param headers by lower-case name
/// @param body the bytes as received: a signature holds for these and for no re-written copy
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each body would double the memory of a burst
public record Delivery(Map<String, String> headers, byte[] body) {

    public Delivery {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    /// A header's value, whatever the case of its name; null where it is missing.
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /// Without the body, which may be personal.
    @Override
    public String toString() {
        return "Delivery[%d bytes]".formatted(body.length);
    }
}
