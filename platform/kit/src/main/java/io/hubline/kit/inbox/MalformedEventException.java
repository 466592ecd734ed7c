package io.hubline.kit.inbox;

import org.jspecify.annotations.Nullable;

/// A record cannot be read as what it says it is. It becomes a dead letter at once, for no retry makes it
/// readable.
///
/// The message becomes the dead letter's reason. It says where reading stopped, and never quotes the
/// content.
public final class MalformedEventException extends RuntimeException {

    public MalformedEventException(String message) {
        this(message, null);
    }

    public MalformedEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
