package io.hubline.connector;

import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.OrderMark;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.spi.WriteAnswer;
import io.hubline.connector.spi.WriteAnswer.Accepted;
import io.hubline.contracts.Money;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Line;
import io.hubline.contracts.connector.ChannelOrder.Status;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A channel that takes numbers without showing them, compares nothing, lists whole orders in no order, and
/// two to a page. It exists in tests only, and is a channel like any other: nothing but configuration names
/// it.
@Singleton
public class BlindChannel implements OrderPort, StockPort {

    public static final String ACCOUNT = "unseen-t";

    private static final int PAGE = 2;

    private final Map<String, Integer> shown = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, ForeignOrder> orders = new LinkedHashMap<>();
    private final List<String> pages = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();
    private final Map<String, List<Integer>> sent = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private @Nullable Lost losing;
    private boolean holding;
    private int busyNext;
    private int busy;
    private int listings;
    private Duration allowance = Duration.ofMillis(100);

    /// What is lost of a call.
    public enum Lost {
        CALL,
        ANSWER
    }

    @Override
    public String name() {
        return "blind";
    }

    @Override
    public List<String> complaints(Account account) {
        return List.of();
    }

    /// Shows a number, whatever was there.
    public synchronized void shows(String sku, int quantity) {
        shown.put(sku, quantity);
    }

    public synchronized int shown(String sku) {
        return shown.getOrDefault(sku, 0);
    }

    /// From now on what is taken is kept back, until it is let go.
    public synchronized void hold(boolean hold) {
        holding = hold;
        if (!hold) {
            shown.putAll(taken);
            taken.clear();
        }
    }

    /// Answers the next number so that nobody knows whether it was taken.
    public synchronized void loses(Lost what) {
        losing = what;
    }

    /// The numbers that it was sent of a SKU, in order.
    public synchronized List<Integer> sent(String sku) {
        return List.copyOf(sent.getOrDefault(sku, List.of()));
    }

    /// How often a SKU was looked at.
    public synchronized int looks(String sku) {
        return looks.getOrDefault(sku, 0);
    }

    /// How long a change may take to be listed, from now on.
    public synchronized void takesToList(Duration time) {
        allowance = time;
    }

    /// Answers so many times with being busy when it is asked for the second page of the next listing.
    public synchronized void isBusy(int times) {
        busyNext = times;
        pages.clear();
    }

    /// The cursors asked for since it was last made busy, with a dash for the first page.
    public synchronized List<String> pages() {
        return List.copyOf(pages);
    }

    /// How many pages of orders were asked for, ever.
    public synchronized int listings() {
        return listings;
    }

    public synchronized List<String> fetched() {
        return List.copyOf(fetched);
    }

    /// Lists an order from now on.
    public synchronized void lists(String id, String sku, int quantity, FulfilledBy by) {
        lists(id, sku, quantity, quantity, by);
    }

    /// The same of an order some units of which are no longer wanted.
    public synchronized void lists(String id, String sku, int quantity, int ordered, FulfilledBy by) {
        Money price = new Money(1000, "USD");
        orders.put(
                id,
                new ForeignOrder(
                        new OrderMark(id, Instant.now(), "as listed"),
                        new ChannelOrder(
                                id,
                                Status.OPEN,
                                by,
                                Instant.now(),
                                null,
                                null,
                                price.times(quantity),
                                Money.zero("USD"),
                                Money.zero("USD"),
                                null,
                                List.of(new Line(
                                        id + "-1",
                                        sku,
                                        null,
                                        null,
                                        "Thing",
                                        quantity,
                                        ordered,
                                        price,
                                        Money.zero("USD"),
                                        price.times(quantity)))),
                        new Recipient(null, null, null, null, null, null, null, null, null, null),
                        List.of()));
    }

    @Override
    public synchronized Duration visibilityAllowance(Account account) {
        return allowance;
    }

    @Override
    public boolean listsEarliestFirst() {
        return false;
    }

    @Override
    public int ordersAtOnce(Account account) {
        return 1;
    }

    @Override
    public synchronized Outcome<OrderPage> changedOrders(Account account, Instant since, @Nullable Cursor cursor) {
        listings++;
        if (cursor == null && busyNext > 0) {
            busy = busyNext;
            busyNext = 0;
            pages.clear();
        }
        pages.add(cursor == null ? "-" : cursor.value());
        if (busy > 0 && cursor != null) {
            busy--;
            return new TryAgain<>(Duration.ofMillis(200), "busy");
        }
        int from = cursor == null ? 0 : Integer.parseInt(cursor.value());
        List<ForeignOrder> page =
                orders.values().stream().skip(from).limit(PAGE).toList();
        return new Done<>(new OrderPage(
                List.of(),
                page,
                from + PAGE < orders.size() ? new Cursor(Integer.toString(from + PAGE)) : null,
                Instant.now()));
    }

    @Override
    public synchronized Outcome<FetchedOrders> fetchOrders(Account account, List<String> externalIds) {
        fetched.addAll(externalIds);
        return new TryAgain<>(Duration.ofSeconds(1), "orders are listed whole");
    }

    @Override
    public Optional<Place> place(OfferAddress offer) {
        return offer.channelSku().startsWith("nowhere")
                ? Optional.empty()
                : Optional.of(new Place(offer.channelSku(), "all"));
    }

    @Override
    public boolean comparesBeforeSetting() {
        return false;
    }

    @Override
    public boolean restocksCancelled() {
        return true;
    }

    @Override
    public int writesAtOnce() {
        return 1;
    }

    @Override
    public int readsAtOnce() {
        return 1;
    }

    @Override
    public synchronized Outcome<WriteAnswer> setQuantities(Account account, UUID key, List<QuantityWrite> writes) {
        writes.forEach(write -> sent.computeIfAbsent(write.place().item(), _ -> new ArrayList<>())
                .add(write.quantity()));
        @Nullable Lost lost = losing;
        losing = null;
        if (lost == Lost.CALL) {
            return new Unknown<>("the connection broke");
        }
        for (QuantityWrite write : writes) {
            (holding ? taken : shown).put(write.place().item(), write.quantity());
        }
        return lost == null ? new Done<>(new Accepted(Duration.ofMillis(100))) : new Unknown<>("the connection broke");
    }

    @Override
    public synchronized Outcome<Map<Place, OptionalLong>> readQuantities(Account account, List<Place> places) {
        Map<Place, OptionalLong> read = new HashMap<>();
        places.forEach(place -> looks.merge(place.item(), 1, Integer::sum));
        places.forEach(place -> read.put(
                place,
                shown.containsKey(place.item()) ? OptionalLong.of(shown.get(place.item())) : OptionalLong.empty()));
        return new Done<>(read);
    }
}
