package io.hubline.connector.adapter.amazon;

import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.CancellationPort;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingPort;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.connector.spi.RefundPort;
import io.hubline.connector.spi.ShipmentConfirmation;
import io.hubline.connector.spi.ShipmentPort;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.spi.WriteAnswer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Amazon behind the ports of the hub.
@Singleton
class AmazonAdapter implements OrderPort, StockPort, ShipmentPort, CancellationPort, RefundPort, ListingPort {

    private final AmazonClient client;
    private final Orders orders;
    private final Quantities quantities;
    private final Listings listings;
    private final Shipments shipments;
    private final Cancellations cancellations;
    private final Refunds refunds;

    AmazonAdapter(
            AmazonClient client,
            Orders orders,
            Quantities quantities,
            Listings listings,
            Shipments shipments,
            Cancellations cancellations,
            Refunds refunds) {
        this.client = client;
        this.orders = orders;
        this.quantities = quantities;
        this.listings = listings;
        this.shipments = shipments;
        this.cancellations = cancellations;
        this.refunds = refunds;
    }

    @Override
    public String name() {
        return "amazon";
    }

    @Override
    public List<String> complaints(Account account) {
        return AmazonSettings.complaints(account);
    }

    @Override
    public Duration visibilityAllowance(Account account) {
        return AmazonSettings.visibilityAllowance(account);
    }

    /// As often as the listing may be called for long: what is saved up is for listings of several pages.
    @Override
    public Duration shortestPollInterval(Account account) {
        return client.interval(account, Operation.SEARCH_ORDERS);
    }

    /// Amazon promises no order.
    @Override
    public boolean listsEarliestFirst() {
        return false;
    }

    @Override
    public int ordersAtOnce(Account account) {
        return 1;
    }

    @Override
    public Outcome<OrderPage> changedOrders(Account account, Instant since, @Nullable Cursor cursor) {
        return orders.changed(account, since, cursor);
    }

    @Override
    public Outcome<FetchedOrders> fetchOrders(Account account, List<String> externalIds) {
        return orders.fetch(account, externalIds);
    }

    /// The seller's own stock of a SKU, which Amazon calls `DEFAULT`. It needs no id of Amazon's.
    @Override
    public Optional<Place> place(OfferAddress offer) {
        return offer.channelSku().isBlank()
                ? Optional.empty()
                : Optional.of(new Place(offer.channelSku(), Quantities.OWN_STOCK));
    }

    @Override
    public boolean comparesBeforeSetting() {
        return false;
    }

    /// Amazon's contracts (Listings Items 2021-08-01, Orders 2026-01-01, the order acknowledgement feed) do
    /// not say what a cancellation does to `fulfillment_availability`: an order that ends while it is
    /// pending gives its units back, one that the seller cancels later need not.
    @Override
    public boolean restocksCancelled() {
        return true;
    }

    /// A call is about one SKU.
    @Override
    public int writesAtOnce() {
        return 1;
    }

    @Override
    public int readsAtOnce() {
        return 1;
    }

    @Override
    public Outcome<WriteAnswer> setQuantities(Account account, UUID key, List<QuantityWrite> writes) {
        if (writes.size() != 1) {
            throw new IllegalArgumentException("%d numbers in one call".formatted(writes.size()));
        }
        return quantities.set(account, writes.getFirst());
    }

    @Override
    public Outcome<Map<Place, OptionalLong>> readQuantities(Account account, List<Place> places) {
        return quantities.read(account, places);
    }

    @Override
    public Outcome<Map<String, ListingAnswer>> put(Account account, ListingWrite write) {
        return listings.put(account, write);
    }

    @Override
    public Outcome<Map<String, ListingAnswer>> read(Account account, ListingWrite write) {
        return listings.read(account, write);
    }

    @Override
    public Outcome<ActAnswer> confirm(Account account, ShipmentConfirmation shipment) {
        return shipments.confirm(account, shipment);
    }

    @Override
    public Outcome<ActAnswer> cancel(Account account, String externalId, String reason, @Nullable String progress) {
        return cancellations.cancel(account, externalId, reason, progress);
    }

    @Override
    public Outcome<ActAnswer> refund(Account account, UUID key, RefundDemand refund, @Nullable String progress) {
        return refunds.refund(account, key, refund, progress);
    }
}
