package io.hubline.kit.personal;

/// A sealed value names a key that is not configured: it was dropped too early, or belongs to another
/// environment.
public final class UnknownKeyException extends RuntimeException {

    public UnknownKeyException(String keyId) {
        super("no key '%s' for personal data: neither the current one nor under hubline.personal.retired-keys"
                .formatted(keyId));
    }
}
