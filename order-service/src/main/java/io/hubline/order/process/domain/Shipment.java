package io.hubline.order.process.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One parcel that left.
///
/// @param shipmentId named by the warehouse, which repeats it when it asks again
/// @param shippedAt when the hub was told
public record Shipment(
        String shipmentId,
        String locationId,
        String carrier,
        String trackingNumber,
        @Nullable String trackingUrl,
        Instant shippedAt,
        List<ShippedLine> lines) {

    public Shipment {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("shipment %s has no lines".formatted(shipmentId));
        }
    }

    /// Units of one line in the parcel.
    public int units(String lineId) {
        return lines.stream()
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(ShippedLine::quantity)
                .sum();
    }

    /// Whether the other report says the same of the parcel; when it was told does not count.
    boolean saysTheSameAs(Shipment other) {
        return locationId.equals(other.locationId)
                && carrier.equals(other.carrier)
                && trackingNumber.equals(other.trackingNumber)
                && Objects.equals(trackingUrl, other.trackingUrl)
                && unitsByLine().equals(other.unitsByLine());
    }

    private Map<String, Integer> unitsByLine() {
        return lines.stream().collect(Collectors.toMap(ShippedLine::lineId, ShippedLine::quantity, Math::addExact));
    }

    /// Units of one line.
    public record ShippedLine(String lineId, int quantity) {

        public ShippedLine {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s ships %d units".formatted(lineId, quantity));
            }
        }
    }
}
