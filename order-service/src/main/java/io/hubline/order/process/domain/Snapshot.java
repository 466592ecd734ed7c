package io.hubline.order.process.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as its channel showed it at one moment.
///
/// @param channelUpdatedAt the channel's clock; with the fetch number it says which of two snapshots is
///     newer
/// @param observedAt when the hub first heard of this change
/// @param cancelReason the channel's own word
/// @param destination null while the channel has not said where the order goes
public record Snapshot(
        Instant channelUpdatedAt,
        long fetchNumber,
        Instant observedAt,
        String number,
        Status status,
        boolean fulfilledByChannel,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String cancelReason,
        @Nullable Place destination,
        Amount total,
        Amount tax,
        Amount shipping,
        SealedRecipient recipient,
        List<Line> lines) {

    public Snapshot {
        lines = List.copyOf(lines);
    }

    /// Whether the channel made this one after the other, or fetched it later where it stamped both alike.
    boolean isNewerThan(Snapshot other) {
        int order = channelUpdatedAt.compareTo(other.channelUpdatedAt);
        return order > 0 || (order == 0 && fetchNumber > other.fetchNumber);
    }

    /// The same without its lines and with a place to go to; the order keeps the lines itself.
    Snapshot asHeader(@Nullable Place known) {
        return new Snapshot(
                channelUpdatedAt,
                fetchNumber,
                observedAt,
                number,
                status,
                fulfilledByChannel,
                placedAt,
                shipBy,
                cancelReason,
                destination == null ? known : destination,
                total,
                tax,
                shipping,
                recipient,
                List.of());
    }

    /// How far the channel is with the order.
    public enum Status {
        PENDING,
        OPEN,
        CANCELLED
    }

    /// Where the order goes, as coarse as routing needs it.
    public record Place(String country, @Nullable String region) {}

    /// Who gets the parcel, sealed; nothing here can open it.
    public record SealedRecipient(String keyId, String ciphertext) {}

    /// One line of the snapshot.
    ///
    /// @param quantity units the channel still wants; zero for a removed line
    /// @param sale what the buyer pays for it; null while the channel does not say, as for a pending order
    /// @param mapping what it sells, where the catalogue knows it
    public record Line(
            String channelLineId,
            String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation,
            String title,
            int quantity,
            Amount unitPrice,
            Amount tax,
            @Nullable Sale sale,
            @Nullable Mapping mapping) {}
}
