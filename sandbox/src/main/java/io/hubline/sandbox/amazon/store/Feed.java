package io.hubline.sandbox.amazon.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A submitted file and how far the vendor is with it.
public final class Feed {

    /// The vendor's words for it.
    public enum Stage {
        IN_QUEUE,
        IN_PROGRESS,
        DONE,
        FATAL
    }

    private final String id;
    private final String type;
    private final String marketplaceId;
    private final Instant createdAt;
    private Stage stage = Stage.IN_QUEUE;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable String reportId;

    Feed(String id, String type, String marketplaceId, Instant createdAt) {
        this.id = id;
        this.type = type;
        this.marketplaceId = marketplaceId;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public String type() {
        return type;
    }

    public String marketplaceId() {
        return marketplaceId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Stage stage() {
        return stage;
    }

    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /// The document with the processing report, once there is one.
    public @Nullable String reportId() {
        return reportId;
    }

    void start(Instant at) {
        stage = Stage.IN_PROGRESS;
        startedAt = at;
    }

    void end(Instant at, boolean fatal, String report) {
        stage = fatal ? Stage.FATAL : Stage.DONE;
        endedAt = at;
        reportId = report;
    }
}
