package io.hubline.sandbox.amazon.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file between the seller and the vendor. Its address carries a signature and holds for five minutes
/// from when it was handed out.
public final class FeedDocument {

    private final String id;
    private final String contentType;
    private final String signature;
    private final boolean report;
    private Instant validUntil;
    private @Nullable String content;
    private boolean used;

    FeedDocument(String id, String contentType, String signature, boolean report, Instant validUntil) {
        this.id = id;
        this.contentType = contentType;
        this.signature = signature;
        this.report = report;
        this.validUntil = validUntil;
    }

    public String id() {
        return id;
    }

    public String contentType() {
        return contentType;
    }

    /// What the address must carry.
    public String signature() {
        return signature;
    }

    /// Whether the vendor wrote it, so that it is read and not uploaded.
    public boolean report() {
        return report;
    }

    /// The text, once there is one.
    public @Nullable String content() {
        return content;
    }

    /// Whether the address still holds.
    public boolean open(Instant now) {
        return now.isBefore(validUntil);
    }

    boolean used() {
        return used;
    }

    void use() {
        used = true;
    }

    void fill(String text) {
        content = text;
    }

    void extend(Instant until) {
        validUntil = until;
    }
}
