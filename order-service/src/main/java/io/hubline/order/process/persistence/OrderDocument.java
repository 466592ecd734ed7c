package io.hubline.order.process.persistence;

import io.hubline.order.process.domain.Amount;
import io.hubline.order.process.domain.Cancellation;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Promise;
import io.hubline.order.process.domain.Route;
import io.hubline.order.process.domain.Snapshot;
import io.hubline.order.process.domain.Stage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `customer_order` as JSON, one field per column: whole rows travel as one parameter and one
/// column.
@RegisterForReflection
record OrderDocument(
        UUID orderId,
        String account,
        String channel,
        String externalId,
        String number,
        long version,
        long demandVersion,
        String stage,
        String state,
        String channelStatus,
        boolean fulfilledByChannel,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String destinationCountry,
        @Nullable String destinationRegion,
        String currency,
        long totalMinor,
        long taxMinor,
        long shippingMinor,
        String personalKeyId,
        String personalCiphertext,
        Instant channelUpdatedAt,
        long fetchNumber,
        @Nullable String channelCancelReason,
        Instant observedAt,
        @Nullable String cancelledBy,
        @Nullable String cancelReason,
        @Nullable Instant cancelledAt,
        long promiseSequence,
        @Nullable String refusedPlan,
        long routeSequence,
        long routeOrderVersion,
        Instant routeAt,
        @Nullable String planId,
        int attempt,
        @Nullable String unroutable) {

    /// The columns that a later input may change.
    static final String MUTABLE = """
            number, version, demand_version, stage, state, channel_status, fulfilled_by_channel, placed_at, ship_by,
            destination_country, destination_region, currency, total_minor, tax_minor, shipping_minor,
            personal_key_id, personal_ciphertext, channel_updated_at, fetch_number, channel_cancel_reason,
            cancelled_by, cancel_reason, cancelled_at, promise_sequence, refused_plan, route_sequence,
            route_order_version, route_at, plan_id, attempt, unroutable
            """;

    /// All columns that this document brings.
    static final String COLUMNS = "order_id, account, channel, external_id, observed_at, " + MUTABLE;

    static OrderDocument of(Order order) {
        Snapshot header = order.header();
        Snapshot.@Nullable Place place = header.destination();
        @Nullable Cancellation cancellation = order.cancellation();
        return new OrderDocument(
                UUID.fromString(order.identity().orderId()),
                order.identity().account(),
                order.identity().channel(),
                order.identity().externalId(),
                header.number(),
                order.version(),
                order.demandVersion(),
                order.stage().name(),
                order.stage().standing().name(),
                header.status().name(),
                header.fulfilledByChannel(),
                header.placedAt(),
                header.shipBy(),
                place == null ? null : place.country(),
                place == null ? null : place.region(),
                header.total().currency(),
                header.total().minor(),
                header.tax().minor(),
                header.shipping().minor(),
                header.recipient().keyId(),
                header.recipient().ciphertext(),
                header.channelUpdatedAt(),
                header.fetchNumber(),
                header.cancelReason(),
                header.observedAt(),
                cancellation == null ? null : cancellation.by().name(),
                cancellation == null ? null : cancellation.reason(),
                cancellation == null ? null : cancellation.at(),
                order.promise().sequence(),
                order.promise().refusedPlan(),
                order.route().sequence(),
                order.route().orderVersion(),
                order.route().at(),
                order.route().planId(),
                order.route().attempt(),
                order.route().unroutable());
    }

    Order toDomain(List<LineDocument> lines, List<HoldDocument> holds, List<ShipmentDocument> shipments) {
        return new Order(
                new Order.Identity(orderId.toString(), account, channel, externalId),
                version,
                demandVersion,
                Stage.valueOf(stage),
                header(),
                lines.stream().map(line -> line.toDomain(currency)).toList(),
                cancellation(),
                holds.stream()
                        .map(HoldDocument::toDomain)
                        .sorted(HoldDocument.BY_REASON)
                        .toList(),
                new Promise(
                        promiseSequence,
                        lines.stream().map(LineDocument::promised).toList(),
                        refusedPlan),
                new Route(routeSequence, routeOrderVersion, routeAt, planId, attempt, unroutable),
                shipments.stream().map(ShipmentDocument::toDomain).toList());
    }

    private Snapshot header() {
        return new Snapshot(
                channelUpdatedAt,
                fetchNumber,
                observedAt,
                number,
                Snapshot.Status.valueOf(channelStatus),
                fulfilledByChannel,
                placedAt,
                shipBy,
                channelCancelReason,
                destinationCountry == null ? null : new Snapshot.Place(destinationCountry, destinationRegion),
                new Amount(totalMinor, currency),
                new Amount(taxMinor, currency),
                new Amount(shippingMinor, currency),
                new Snapshot.SealedRecipient(personalKeyId, personalCiphertext),
                List.of());
    }

    private @Nullable Cancellation cancellation() {
        return cancelledBy == null
                ? null
                : new Cancellation(
                        Cancellation.By.valueOf(cancelledBy),
                        Objects.requireNonNull(cancelReason),
                        Objects.requireNonNull(cancelledAt));
    }

    /// Keeps the sealed recipient out of logs.
    @Override
    public String toString() {
        return "OrderDocument[" + orderId + " at " + version + "]";
    }
}
