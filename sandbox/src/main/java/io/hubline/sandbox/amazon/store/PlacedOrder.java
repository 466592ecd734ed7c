package io.hubline.sandbox.amazon.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.shopify.store.Buyer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One order of the account. Times are whole seconds, as the vendor shows them.
public final class PlacedOrder {

    private static final Duration SHIP_WITHIN = Duration.ofDays(2);
    private static final Duration DELIVER_WITHIN = Duration.ofDays(7);

    private final String id;
    private final Instant createdAt;
    private final boolean byAmazon;
    private final Buyer buyer;
    private final List<OrderItem> items;
    private final Map<String, Parcel> parcels = new LinkedHashMap<>();
    private final @Nullable ObjectNode example;
    private Instant updatedAt;
    private boolean pending = true;
    private boolean lowered;

    PlacedOrder(
            String id,
            Instant createdAt,
            boolean byAmazon,
            Buyer buyer,
            List<OrderItem> items,
            @Nullable ObjectNode example) {
        this.id = id;
        this.createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
        this.updatedAt = this.createdAt;
        this.byAmazon = byAmazon;
        this.buyer = buyer;
        this.items = List.copyOf(items);
        this.example = example;
    }

    public String id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /// Whether the vendor ships it from its own warehouses.
    public boolean byAmazon() {
        return byAmazon;
    }

    public Buyer buyer() {
        return buyer;
    }

    public List<OrderItem> items() {
        return items;
    }

    public List<Parcel> parcels() {
        return List.copyOf(parcels.values());
    }

    /// The order as it was put in by control, to be shown as it is.
    public @Nullable ObjectNode example() {
        return example;
    }

    /// The line with this id.
    public Optional<OrderItem> item(String itemId) {
        return items.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    /// Read from the lines, so that it cannot contradict them.
    public OrderStatus status() {
        if (items.stream().allMatch(item -> item.ended() != null)) {
            return OrderStatus.CANCELLED;
        }
        if (pending) {
            return OrderStatus.PENDING;
        }
        if (items.stream().allMatch(item -> item.open() == 0)) {
            return OrderStatus.SHIPPED;
        }
        return items.stream().anyMatch(item -> item.shipped() > 0)
                ? OrderStatus.PARTIALLY_SHIPPED
                : OrderStatus.UNSHIPPED;
    }

    /// Whether it ever left PENDING: an order that did not shows neither prices nor people.
    public boolean released() {
        return !pending;
    }

    /// When it must be shipped at the latest.
    public Instant shipBy() {
        return createdAt.plus(SHIP_WITHIN);
    }

    /// When it must have arrived at the latest.
    public Instant deliverBy() {
        return createdAt.plus(DELIVER_WITHIN);
    }

    void release(Instant at) {
        pending = false;
        touch(at);
    }

    void touch(Instant at) {
        updatedAt = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Whether its units are off the shown numbers.
    boolean lowered() {
        return lowered;
    }

    void lower() {
        lowered = true;
    }

    @Nullable
    Parcel parcel(String referenceId) {
        return parcels.get(referenceId);
    }

    /// Takes the package in, in place of one with the same reference, and counts the lines again.
    void pack(Parcel parcel) {
        parcels.put(parcel.referenceId(), parcel);
        for (OrderItem item : items) {
            item.shipped(packed(item.id(), new ArrayList<>(parcels.values())));
        }
    }

    /// Units of a line in all packages but the one with this reference.
    int packedElsewhere(String itemId, String referenceId) {
        return packed(
                itemId,
                parcels.values().stream()
                        .filter(parcel -> !parcel.referenceId().equals(referenceId))
                        .toList());
    }

    private static int packed(String itemId, List<Parcel> parcels) {
        return parcels.stream()
                .mapToInt(parcel -> parcel.units().getOrDefault(itemId, 0))
                .sum();
    }
}
