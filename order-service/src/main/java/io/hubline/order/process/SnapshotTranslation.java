package io.hubline.order.process;

import static java.time.temporal.ChronoUnit.MICROS;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.order.offer.OfferService.Named;
import io.hubline.order.offer.OfferService.Sold;
import io.hubline.order.process.domain.Amount;
import io.hubline.order.process.domain.Mapping;
import io.hubline.order.process.domain.Sale;
import io.hubline.order.process.domain.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The published snapshot said in the words of the process. Times are cut to microseconds, which is what
/// the database keeps: a snapshot must equal itself after a round trip.
final class SnapshotTranslation {

    private SnapshotTranslation() {}

    /// What the catalogue is asked for, line by line. Nothing for an order that the channel ships itself.
    static List<Named> names(ChannelOrderObserved event) {
        if (event.order().fulfilledBy() == ChannelOrder.FulfilledBy.CHANNEL) {
            return List.of();
        }
        return event.order().lines().stream()
                .map(line -> new Named(line.channelSku(), line.variantId(), line.channelLocation()))
                .toList();
    }

    /// @param matches one for each of [#names]
    /// @throws IllegalArgumentException when the amounts are not all of one currency: an order is paid in
    ///     one
    static Snapshot snapshot(ChannelOrderObserved event, List<Optional<Sold>> matches) {
        ChannelOrder order = event.order();
        requireOneCurrency(order);
        List<Snapshot.Line> lines = new ArrayList<>();
        for (int i = 0; i < order.lines().size(); i++) {
            Optional<Sold> match = i < matches.size() ? matches.get(i) : Optional.empty();
            lines.add(line(order.lines().get(i), match.map(SnapshotTranslation::mapping)));
        }
        return new Snapshot(
                event.channelUpdatedAt().truncatedTo(MICROS),
                event.fetchNumber(),
                event.observedAt().truncatedTo(MICROS),
                order.number(),
                status(order.status()),
                order.fulfilledBy() == ChannelOrder.FulfilledBy.CHANNEL,
                order.placedAt().truncatedTo(MICROS),
                micros(order.shipBy()),
                order.cancelReason(),
                place(order.destination()),
                amount(order.total()),
                amount(order.tax()),
                amount(order.shipping()),
                new Snapshot.SealedRecipient(
                        event.personal().keyId(), event.personal().ciphertext()),
                lines);
    }

    static Mapping mapping(Sold sold) {
        return new Mapping(sold.sku(), sold.offer());
    }

    private static Snapshot.Line line(ChannelOrder.Line line, Optional<Mapping> mapping) {
        return new Snapshot.Line(
                line.lineId(),
                line.channelSku(),
                line.variantId(),
                line.channelLocation(),
                line.title(),
                line.quantity(),
                amount(line.unitPrice()),
                amount(line.tax()),
                sale(line),
                mapping.orElse(null));
    }

    private static @Nullable Sale sale(ChannelOrder.Line line) {
        Money paid = line.paid();
        return paid == null || line.ordered() == 0 ? null : new Sale(line.ordered(), amount(paid));
    }

    private static Snapshot.Status status(ChannelOrder.Status status) {
        return switch (status) {
            case PENDING -> Snapshot.Status.PENDING;
            case OPEN -> Snapshot.Status.OPEN;
            case CANCELLED -> Snapshot.Status.CANCELLED;
        };
    }

    private static Snapshot.@Nullable Place place(@Nullable Destination destination) {
        return destination == null ? null : new Snapshot.Place(destination.country(), destination.region());
    }

    private static @Nullable Instant micros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(MICROS);
    }

    private static Amount amount(Money money) {
        return new Amount(money.minor(), money.currency());
    }

    private static void requireOneCurrency(ChannelOrder order) {
        List<String> currencies = Stream.concat(
                        Stream.of(order.total(), order.tax(), order.shipping()),
                        order.lines().stream().flatMap(SnapshotTranslation::amounts))
                .map(Money::currency)
                .distinct()
                .toList();
        if (currencies.size() > 1) {
            throw new IllegalArgumentException("an order is paid in one currency, not in " + currencies);
        }
    }

    private static Stream<Money> amounts(ChannelOrder.Line line) {
        return Stream.concat(Stream.of(line.unitPrice(), line.tax()), Stream.ofNullable(line.paid()));
    }
}
