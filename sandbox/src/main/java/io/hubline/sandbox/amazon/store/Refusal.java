package io.hubline.sandbox.amazon.store;

/// An act that the account refuses, in the vendor's tone; nothing has changed.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private Refusal(boolean unknown, String why) {
        super(why);
        this.unknown = unknown;
    }

    /// What was named does not exist.
    static Refusal unknown(String why) {
        return new Refusal(true, why);
    }

    /// What was asked for does not fit.
    static Refusal invalid(String why) {
        return new Refusal(false, why);
    }

    /// Whether the reason is that something does not exist.
    public boolean unknown() {
        return unknown;
    }

    /// The reason as one sentence.
    public String why() {
        return String.valueOf(getMessage());
    }
}
