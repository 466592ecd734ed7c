package io.hubline.connector.inbound;

/// A delivery could not be stored in time. Nothing of it is kept, and the channel must send it again.
public final class IntakeBusyException extends RuntimeException {

    IntakeBusyException(String message) {
        super(message);
    }

    IntakeBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
