package io.hubline.returns.rma.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An order, as returns see it: what was sold, what left, and what came back.
///
/// @param version of the facts it was copied from
/// @param shippingMinor what the buyer paid for shipping; null while nobody has said
/// @param shippingRefundedMinor what of it was ever asked back
public record SoldOrder(
        String orderId,
        long version,
        String account,
        String channel,
        String externalId,
        @Nullable Long shippingMinor,
        long shippingRefundedMinor,
        List<SoldLine> lines) {

    public SoldOrder {
        lines = List.copyOf(lines);
    }

    Optional<SoldLine> line(String lineId) {
        return lines.stream().filter(line -> line.lineId().equals(lineId)).findFirst();
    }

    Optional<SoldLine> channelLine(String channelLineId) {
        return lines.stream()
                .filter(line -> channelLineId.equals(line.channelLineId()))
                .findFirst();
    }

    /// The order as it is when these units are let go.
    SoldOrder without(Map<String, Set<Integer>> units) {
        return new SoldOrder(
                orderId,
                version,
                account,
                channel,
                externalId,
                shippingMinor,
                shippingRefundedMinor,
                lines.stream()
                        .map(line -> line.without(units.getOrDefault(line.lineId(), Set.of())))
                        .toList());
    }
}
