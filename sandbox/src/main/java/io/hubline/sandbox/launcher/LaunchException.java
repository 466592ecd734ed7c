package io.hubline.sandbox.launcher;

/// The hub cannot start or go on, for a reason its user can act on. The message is shown as it is, without
/// a stack.
public final class LaunchException extends RuntimeException {

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
