package io.hubline.order.process.domain;

import org.jspecify.annotations.Nullable;

/// One line of an order.
///
/// @param lineId the hub's id, which follows from the order's id and the channel's, so that it is the same
///     however often it is computed
/// @param position the place in the order, from 1
/// @param asked units the channel asks for by its newest snapshot; what is wanted of us is [Order#wanted]
/// @param sale the newest that the channel said of it; null while it has said nothing
/// @param mapping null while the catalogue does not know the line; never changed afterwards, since stock is
///     promised on it
public record Line(
        String lineId,
        String channelLineId,
        int position,
        String channelSku,
        @Nullable String variantId,
        @Nullable String channelLocation,
        String title,
        int asked,
        Amount unitPrice,
        Amount tax,
        @Nullable Sale sale,
        @Nullable Mapping mapping) {

    public Line {
        if (asked < 0) {
            throw new IllegalArgumentException("line %s asks for %d units".formatted(lineId, asked));
        }
    }

    /// The line as a newer snapshot shows it; a mapping once found stays, and so does a sale that the
    /// snapshot is silent about.
    Line seenAs(Snapshot.Line seen) {
        return new Line(
                lineId,
                channelLineId,
                position,
                seen.channelSku(),
                seen.variantId(),
                seen.channelLocation(),
                seen.title(),
                seen.quantity(),
                seen.unitPrice(),
                seen.tax(),
                seen.sale() == null ? sale : seen.sale(),
                mapping == null ? seen.mapping() : mapping);
    }

    /// The line after it was taken off the order.
    Line removed() {
        return asking(0, mapping);
    }

    Line mappedTo(Mapping found) {
        return asking(asked, found);
    }

    private Line asking(int units, @Nullable Mapping mapped) {
        return new Line(
                lineId,
                channelLineId,
                position,
                channelSku,
                variantId,
                channelLocation,
                title,
                units,
                unitPrice,
                tax,
                sale,
                mapped);
    }
}
