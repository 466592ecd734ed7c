package io.hubline.kit.personal;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/// The keys for personal data. They come from a secret store, and differ per environment.
///
/// To rotate: move the present key to `retired-keys` under its id, then set a new id and key. What the old
/// key sealed still opens; keep it until nothing sealed with it is left on a topic or in a column.
@ConfigMapping(prefix = "hubline.personal")
interface PersonalKeys {

    /// The id of the key that seals, such as `2026-11`.
    String keyId();

    /// Base64 of 32 bytes.
    String key();

    /// Keys that only open, by id.
    Map<String, String> retiredKeys();
}
