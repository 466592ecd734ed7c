package io.hubline.order.process.persistence;

import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Shipment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `shipment` as JSON, one field per column, with its lines.
@RegisterForReflection(ignoreNested = false)
record ShipmentDocument(
        String shipmentId,
        UUID orderId,
        int position,
        String locationId,
        String carrier,
        String trackingNumber,
        @Nullable String trackingUrl,
        Instant shippedAt,
        List<LineUnits> lines) {

    /// The parcels from the given place in the order's list on.
    static List<ShipmentDocument> of(Order order, int from) {
        UUID orderId = UUID.fromString(order.identity().orderId());
        List<ShipmentDocument> documents = new ArrayList<>();
        for (int position = from; position < order.shipments().size(); position++) {
            Shipment parcel = order.shipments().get(position);
            documents.add(new ShipmentDocument(
                    parcel.shipmentId(),
                    orderId,
                    position,
                    parcel.locationId(),
                    parcel.carrier(),
                    parcel.trackingNumber(),
                    parcel.trackingUrl(),
                    parcel.shippedAt(),
                    parcel.lines().stream()
                            .map(line ->
                                    new LineUnits(parcel.shipmentId(), UUID.fromString(line.lineId()), line.quantity()))
                            .toList()));
        }
        return documents;
    }

    Shipment toDomain() {
        return new Shipment(
                shipmentId,
                locationId,
                carrier,
                trackingNumber,
                trackingUrl,
                shippedAt,
                lines.stream()
                        .map(line -> new Shipment.ShippedLine(line.lineId().toString(), line.quantity()))
                        .toList());
    }

    /// A row of `shipment_line`.
    record LineUnits(String shipmentId, UUID lineId, int quantity) {}
}
