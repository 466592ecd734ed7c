package io.hubline.connector.inbound;

/// The message cannot be worked again; the message of this exception says why.
public final class NotReplayableException extends RuntimeException {

    NotReplayableException(String why) {
        super(why);
    }
}
