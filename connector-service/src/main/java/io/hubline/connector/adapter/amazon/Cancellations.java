package io.hubline.connector.adapter.amazon;

import io.hubline.connector.adapter.amazon.AmazonWire.Item;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.adapter.amazon.Feeds.Stage;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cancels orders by the acknowledgement feed, the only way there is. A second feed for the same order
/// changes nothing, so a submission whose outcome is unknown is simply made again, unless the order shows
/// it by then.
@Singleton
class Cancellations {

    static final String FEED = "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA";

    private static final List<String> COLUMNS =
            List.of("order-id", "amazon-order-item-code", "cancellation-reason-code");
    private static final Duration FEED_LOOK = Duration.ofSeconds(20);
    private static final Duration ORDER_LOOK = Duration.ofMinutes(1);
    private static final Duration PENDING_LOOK = Duration.ofMinutes(5);
    // What a feed that is over has not brought about by then it will not.
    private static final int ORDER_LOOKS_MAX = 15;

    private final Orders orders;
    private final Feeds feeds;

    Cancellations(Orders orders, Feeds feeds) {
        this.orders = orders;
        this.feeds = feeds;
    }

    Outcome<ActAnswer> cancel(Account account, String externalId, String reason, @Nullable String progress) {
        Outcome<Order> look = orders.order(account, externalId);
        if (!(look instanceof Done<Order>(Order order))) {
            return Outcome.failed(look);
        }
        if (isCancelled(order)) {
            return new Done<>(new Settled("the channel shows the order as cancelled", null));
        }
        String[] words = progress == null ? new String[0] : progress.split("\\|", -1);
        if (words.length == 2 && words[0].equals("feed")) {
            return follow(account, words[1]);
        }
        if (words.length == 3 && words[0].equals("done")) {
            return await(words[1], Integer.parseInt(words[2]));
        }
        return tell(account, order, reason);
    }

    private Outcome<ActAnswer> tell(Account account, Order order, String reason) {
        if (status(order).startsWith("PENDING")) {
            return new TryAgain<>(PENDING_LOOK, "Amazon cancels no pending order for a seller");
        }
        List<Item> open =
                order.orderItems().stream().filter(Cancellations::isOpen).toList();
        if (open.isEmpty()) {
            return new Refused<>("NOTHING_TO_CANCEL", "every item of the order has shipped");
        }
        String code = reasonCode(reason);
        String file = Feeds.file(
                COLUMNS,
                open.stream()
                        .map(item -> List.of(order.orderId(), item.orderItemId(), code))
                        .toList());
        Outcome<String> prepared = feeds.prepare(account, file);
        if (!(prepared instanceof Done<String>(String document))) {
            return Outcome.failed(prepared);
        }
        Outcome<String> submitted = feeds.submit(account, FEED, document);
        return submitted instanceof Done<String>(String feed)
                ? new Done<>(new Underway("feed|" + feed, FEED_LOOK))
                : Outcome.failed(submitted);
    }

    private Outcome<ActAnswer> follow(Account account, String feedId) {
        Outcome<Stage> found = feeds.stage(account, feedId);
        if (!(found instanceof Done<Stage>(Stage stage))) {
            return Outcome.failed(found);
        }
        return switch (stage) {
            case Stage.Working() -> new Done<>(new Underway("feed|" + feedId, FEED_LOOK));
            case Stage.Over(String report) -> {
                Outcome<List<String>> read = feeds.complaints(account, report);
                if (!(read instanceof Done<List<String>>(List<String> complaints))) {
                    yield Outcome.failed(read);
                }
                yield complaints.isEmpty()
                        ? new Done<>(new Underway("done|%s|1".formatted(feedId), FEED_LOOK))
                        : new Refused<>("FEED_REJECTED", String.join("; ", complaints));
            }
            case Stage.Failed(String status, String report) -> {
                Outcome<List<String>> read = feeds.complaints(account, report);
                yield new Refused<>(
                        "FEED_" + status,
                        read instanceof Done<List<String>>(List<String> complaints) && !complaints.isEmpty()
                                ? String.join("; ", complaints)
                                : "Amazon did not work through feed " + feedId);
            }
        };
    }

    private static Outcome<ActAnswer> await(String feedId, int looks) {
        return looks >= ORDER_LOOKS_MAX
                ? new Refused<>("NO_EFFECT", "feed %s is done, and the order is not cancelled".formatted(feedId))
                : new Done<>(new Underway("done|%s|%d".formatted(feedId, looks + 1), ORDER_LOOK));
    }

    /// Cancelled as far as it had not shipped.
    private static boolean isCancelled(Order order) {
        return status(order).equals("CANCELLED")
                || (order.orderItems().stream().noneMatch(Cancellations::isOpen)
                        && order.orderItems().stream().anyMatch(Cancellations::wasCancelled));
    }

    private static boolean isOpen(Item item) {
        boolean shipped = item.fulfillment() != null
                && item.fulfillment().quantityFulfilled() != null
                && item.fulfillment().quantityFulfilled() > 0;
        return !shipped && !wasCancelled(item);
    }

    private static boolean wasCancelled(Item item) {
        return item.cancellation() != null && item.cancellation().cancellationExecution() != null;
    }

    private static String status(Order order) {
        return order.fulfillment() == null || order.fulfillment().fulfillmentStatus() == null
                ? ""
                : order.fulfillment().fulfillmentStatus();
    }

    /// The nearest of Amazon's words.
    static String reasonCode(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("stock") || lower.contains("inventory")) {
            return "NoInventory";
        }
        if (lower.contains("address")) {
            return "ShippingAddressUndeliverable";
        }
        if (lower.contains("customer") || lower.contains("buyer")) {
            return "BuyerCanceled";
        }
        return "GeneralAdjustment";
    }
}
