package io.hubline.embedded;

/// The infrastructure cannot start or has stopped, for a reason its user can act on.
///
/// The message is meant to be shown as it is: it names what is wrong and what to do, without a stack trace.
public final class InfrastructureException extends RuntimeException {

    public InfrastructureException(String message) {
        super(message);
    }

    public InfrastructureException(String message, Throwable cause) {
        super(message, cause);
    }
}
