package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goods on their way back, or wished to be. One immutable snapshot, replaced at each change.
public record GoodsReturn(
        long id,
        long orderId,
        String name,
        Status status,
        List<Line> lines,
        Instant createdAt,
        @Nullable Instant approvedAt,
        @Nullable Instant closedAt,
        @Nullable Decline decline) {

    public GoodsReturn {
        lines = List.copyOf(lines);
    }

    /// The vendor's states. A request is approved or declined; only what is open closes or is called off.
    public enum Status {
        REQUESTED,
        OPEN,
        CLOSED,
        CANCELED,
        DECLINED
    }

    /// The vendor's older reasons of buyers, each with its word in the open catalogue that follows them.
    public enum Reason {
        COLOR(1, "color", "Color"),
        DEFECTIVE(2, "defective", "Defective"),
        NOT_AS_DESCRIBED(3, "not-as-described", "Not as described"),
        OTHER(4, "other-reason", "Other"),
        SIZE_TOO_LARGE(5, "too-big", "Too big"),
        SIZE_TOO_SMALL(6, "too-small", "Too small"),
        STYLE(7, "style", "Style"),
        UNKNOWN(8, "unknown", "Unknown"),
        UNWANTED(9, "unwanted", "Unwanted"),
        WRONG_ITEM(10, "wrong-item", "Wrong item");

        private final long number;
        private final String handle;
        private final String label;

        Reason(long number, String handle, String label) {
            this.number = number;
            this.handle = handle;
            this.label = label;
        }

        public String gid() {
            return Gid.of("ReturnReasonDefinition", number);
        }

        /// Stable, as programs know it.
        public String handle() {
            return handle;
        }

        /// As people read it.
        public String label() {
            return label;
        }
    }

    /// Units of one parcel's line.
    public record Line(
            long id,
            long packedId,
            long lineId,
            int quantity,
            Reason reason,
            String reasonNote,
            @Nullable String customerNote) {

        Line with(int newQuantity) {
            return new Line(id, packedId, lineId, newQuantity, reason, reasonNote, customerNote);
        }
    }

    /// Why the seller said no.
    public record Decline(String reason, @Nullable String note) {}

    public String gid() {
        return Gid.of("Return", id);
    }

    public int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }

    /// Whether its units are taken: they cannot be in another return.
    public boolean claims() {
        return status == Status.REQUESTED || status == Status.OPEN || status == Status.CLOSED;
    }

    GoodsReturn approved(Instant at) {
        return new GoodsReturn(id, orderId, name, Status.OPEN, lines, createdAt, at, null, null);
    }

    GoodsReturn declined(Decline why) {
        return new GoodsReturn(id, orderId, name, Status.DECLINED, lines, createdAt, null, null, why);
    }

    GoodsReturn canceled() {
        return new GoodsReturn(id, orderId, name, Status.CANCELED, lines, createdAt, approvedAt, null, null);
    }

    GoodsReturn closed(Instant at) {
        return new GoodsReturn(id, orderId, name, Status.CLOSED, lines, createdAt, approvedAt, at, null);
    }

    GoodsReturn reopened() {
        return new GoodsReturn(id, orderId, name, Status.OPEN, lines, createdAt, approvedAt, null, null);
    }

    GoodsReturn with(List<Line> newLines) {
        return new GoodsReturn(id, orderId, name, status, newLines, createdAt, approvedAt, closedAt, decline);
    }
}
