package io.hubline.connector.adapter.amazon;

import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.Charge;
import io.hubline.connector.adapter.amazon.AmazonWire.Item;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.adapter.amazon.AmazonWire.Posted;
import io.hubline.connector.adapter.amazon.AmazonWire.RelatedIdentifier;
import io.hubline.connector.adapter.amazon.AmazonWire.Transaction;
import io.hubline.connector.adapter.amazon.AmazonWire.Transactions;
import io.hubline.connector.adapter.amazon.Feeds.Stage;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.contracts.Money;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pays back by the payment adjustment feed, the only way there is, and settles when the books show it.
///
/// Amazon has no key for a feed, and a second feed would pay twice. So the file is uploaded in one step and
/// submitted in the next. Where it is not certain that the submission never left (its answer was lost, or
/// the service ended between the two), it is never made again unless Amazon lists no feed that could be it;
/// then the books alone decide, and after them a person.
///
/// Progress: `ready|document|uploaded at|seen`, `feed|id|seen`, `booked|id|looks|seen`,
/// `lost|-|looks|seen`, where `seen` are the refunds that the order had before.
@Singleton
class Refunds {

    static final String FEED = "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA";

    private static final List<String> COLUMNS = List.of(
            "order-id",
            "order-item-id",
            "item-price-adj",
            "item-tax-adj",
            "shipping-price-adj",
            "adjustment-reason-code",
            "currency");
    private static final Duration SUBMIT_AFTER = Duration.ofMillis(100);
    private static final Duration FEED_LOOK = Duration.ofSeconds(20);
    private static final Duration BOOKS_LOOK_FIRST = Duration.ofSeconds(5);
    // Amazon books within 48 hours.
    private static final Duration BOOKS_LOOK_MAX = Duration.ofHours(3);
    private static final int BOOKS_LOOKS_MAX = 29;
    private static final int PAGES_MAX = 10;
    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(1);

    private final AmazonClient client;
    private final Orders orders;
    private final Feeds feeds;
    private final InstantSource clock;
    // Refunds whose file was uploaded by this run and not submitted by it.
    private final Set<UUID> unsubmitted = ConcurrentHashMap.newKeySet();
    private final Set<String> explained = ConcurrentHashMap.newKeySet();

    Refunds(AmazonClient client, Orders orders, Feeds feeds, InstantSource clock) {
        this.client = client;
        this.orders = orders;
        this.feeds = feeds;
        this.clock = clock;
    }

    Outcome<ActAnswer> refund(Account account, UUID key, RefundDemand refund, @Nullable String progress) {
        if (progress == null) {
            return prepare(account, key, refund);
        }
        String[] words = progress.split("\\|", -1);
        return switch (words[0]) {
            case "ready" -> submit(account, key, words[1], Instant.parse(words[2]), words[3]);
            case "feed" -> follow(account, refund, words[1], words[2]);
            case "booked", "lost" -> books(account, refund, words[0], words[1], Integer.parseInt(words[2]), words[3]);
            default -> new Refused<>("UNREADABLE", "the progress of the refund is none of this adapter's");
        };
    }

    private Outcome<ActAnswer> prepare(Account account, UUID key, RefundDemand refund) {
        Outcome<Order> look = orders.order(account, refund.externalId());
        if (!(look instanceof Done<Order>(Order order))) {
            return Outcome.failed(look);
        }
        Outcome<List<Transaction>> booked = refundsOf(account, refund.externalId());
        if (!(booked instanceof Done<List<Transaction>>(List<Transaction> before))) {
            return Outcome.failed(booked);
        }
        Outcome<String> prepared = feeds.prepare(account, Feeds.file(COLUMNS, rows(refund, order)));
        if (!(prepared instanceof Done<String>(String document))) {
            return Outcome.failed(prepared);
        }
        unsubmitted.add(key);
        String seen = before.stream().map(Refunds::id).collect(Collectors.joining(","));
        return new Done<>(new Underway("ready|%s|%s|%s".formatted(document, clock.instant(), seen), SUBMIT_AFTER));
    }

    /// One row per line; what is paid back of the shipping goes to a line that was charged for it.
    static List<List<String>> rows(RefundDemand refund, Order order) {
        String currency = refund.amount().currency();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (RefundDemand.Line line : refund.lines()) {
            rows.merge(
                    line.channelLineId(),
                    new Row(
                            line.amount().minor() - line.tax().minor(),
                            line.tax().minor(),
                            0),
                    Row::plus);
        }
        if (refund.shipping().minor() > 0) {
            rows.merge(
                    shippedWith(order, rows.keySet()),
                    new Row(0, 0, refund.shipping().minor()),
                    Row::plus);
        }
        String reason = reasonCode(refund.reason());
        return rows.entrySet().stream()
                .map(row -> List.of(
                        refund.externalId(),
                        row.getKey(),
                        decimal(row.getValue().price(), currency),
                        decimal(row.getValue().tax(), currency),
                        decimal(row.getValue().shipping(), currency),
                        reason,
                        currency))
                .toList();
    }

    private static String shippedWith(Order order, Set<String> refunded) {
        List<String> charged = order.orderItems().stream()
                .filter(Refunds::wasChargedForShipping)
                .map(Item::orderItemId)
                .toList();
        return charged.stream()
                .filter(refunded::contains)
                .findFirst()
                .or(() -> charged.stream().findFirst())
                .orElseGet(() -> order.orderItems().getFirst().orderItemId());
    }

    private static boolean wasChargedForShipping(Item item) {
        return item.proceeds() != null
                && item.proceeds().breakdowns() != null
                && item.proceeds().breakdowns().stream()
                        .anyMatch(part -> part.type().equals("SHIPPING")
                                && new BigDecimal(part.subtotal().amount()).signum() > 0);
    }

    private static String decimal(long minor, String currency) {
        return minor == 0 ? "" : new Money(minor, currency).toDecimal();
    }

    private Outcome<ActAnswer> submit(Account account, UUID key, String document, Instant uploadedAt, String seen) {
        if (!unsubmitted.remove(key)) {
            Outcome<Boolean> left = mayHaveLeft(account, uploadedAt);
            if (!(left instanceof Done<Boolean>(Boolean may))) {
                return Outcome.failed(left);
            }
            if (may) {
                return new Done<>(new Underway("lost|-|1|" + seen, BOOKS_LOOK_FIRST));
            }
        }
        Outcome<String> submitted = feeds.submit(account, FEED, document);
        return switch (submitted) {
            case Done<String>(String feed) -> {
                explained.add(feed);
                yield new Done<>(new Underway("feed|%s|%s".formatted(feed, seen), FEED_LOOK));
            }
            // Kept at once, for the next try must not take it for a first.
            case Unknown<String> _ -> new Done<>(new Underway("lost|-|1|" + seen, BOOKS_LOOK_FIRST));
            case Outcome.TryAgain<String> _, Refused<String> _ -> {
                unsubmitted.add(key);
                yield Outcome.failed(submitted);
            }
        };
    }

    /// Whether a feed that nobody can account for was made since the upload.
    private Outcome<Boolean> mayHaveLeft(Account account, Instant uploadedAt) {
        Outcome<List<String>> found = feeds.since(account, FEED, uploadedAt.minus(CLOCK_ALLOWANCE));
        return found instanceof Done<List<String>>(List<String> made)
                ? new Done<>(!explained.containsAll(made))
                : Outcome.failed(found);
    }

    private Outcome<ActAnswer> follow(Account account, RefundDemand refund, String feedId, String seen) {
        Outcome<Stage> found = feeds.stage(account, feedId);
        if (!(found instanceof Done<Stage>(Stage stage))) {
            return Outcome.failed(found);
        }
        return switch (stage) {
            case Stage.Working() -> new Done<>(new Underway("feed|%s|%s".formatted(feedId, seen), FEED_LOOK));
            case Stage.Over(String report) -> {
                Outcome<List<String>> read = feeds.complaints(account, report);
                if (!(read instanceof Done<List<String>>(List<String> complaints))) {
                    yield Outcome.failed(read);
                }
                yield complaints.isEmpty()
                        ? books(account, refund, "booked", feedId, 0, seen)
                        : new Refused<>(
                                "FEED_REJECTED",
                                "%s (of %d rows; the others were paid)"
                                        .formatted(
                                                String.join("; ", complaints),
                                                Math.max(refund.lines().size(), complaints.size())));
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

    private Outcome<ActAnswer> books(
            Account account, RefundDemand refund, String word, String feedId, int looks, String seen) {
        Outcome<List<Transaction>> booked = refundsOf(account, refund.externalId());
        if (!(booked instanceof Done<List<Transaction>>(List<Transaction> all))) {
            return Outcome.failed(booked);
        }
        Set<String> before = Set.of(seen.split(",", -1));
        List<Transaction> fresh = all.stream()
                .filter(transaction -> !before.contains(id(transaction)))
                .toList();
        long paid = fresh.stream()
                .mapToLong(transaction -> paidBack(transaction, refund.amount().currency()))
                .sum();
        if (paid >= refund.amount().minor()) {
            return new Done<>(new Settled(
                    "the channel's books show the refund",
                    fresh.stream().map(Refunds::id).collect(Collectors.joining(","))));
        }
        if (looks >= BOOKS_LOOKS_MAX) {
            return word.equals("lost")
                    ? new Refused<>(
                            "OUTCOME_UNKNOWN",
                            "a feed may have been submitted, its answer was lost, and the books show no refund")
                    : new Refused<>("NOT_BOOKED", "feed %s is done, and the books show no refund".formatted(feedId));
        }
        Duration after = BOOKS_LOOK_FIRST.multipliedBy(1L << Math.min(looks, 20));
        return new Done<>(new Underway(
                "%s|%s|%d|%s".formatted(word, feedId, looks + 1, seen),
                after.compareTo(BOOKS_LOOK_MAX) > 0 ? BOOKS_LOOK_MAX : after));
    }

    private Outcome<List<Transaction>> refundsOf(Account account, String externalId) {
        List<Transaction> refunds = new ArrayList<>();
        @Nullable String token = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("relatedIdentifierName", "ORDER_ID");
            query.put("relatedIdentifierValue", externalId);
            if (token != null) {
                query.put("nextToken", token);
            }
            Outcome<Transactions> outcome = client.call(
                    account,
                    Call.get(Operation.LIST_TRANSACTIONS, "/finances/2024-06-19/transactions", query),
                    Transactions.class);
            if (!(outcome instanceof Done<Transactions>(Transactions found))) {
                return Outcome.failed(outcome);
            }
            if (found.payload() == null || found.payload().transactions() == null) {
                return new Done<>(refunds);
            }
            found.payload().transactions().stream()
                    .filter(transaction -> "Refund".equalsIgnoreCase(transaction.transactionType()))
                    .forEach(refunds::add);
            token = found.payload().nextToken();
            if (token == null || token.isBlank()) {
                return new Done<>(refunds);
            }
        }
        return new Refused<>("TOO_MANY_PAGES", "the books of the order do not end");
    }

    /// What the buyer got back, in minor units: money that left the seller is negative in the books, and
    /// the fees that come back with it are not the buyer's.
    static long paidBack(Transaction transaction, String currency) {
        List<Charge> charges = transaction.breakdowns() == null ? List.of() : transaction.breakdowns();
        BigDecimal sum = charges.isEmpty()
                ? amount(transaction.totalAmount(), currency)
                : charges.stream().map(charge -> toBuyer(charge, currency)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Money.ofDecimal(sum.negate().stripTrailingZeros().toPlainString(), currency)
                .minor();
    }

    /// The sum over the leaves of a charge, for what a group comes to has fees in it.
    private static BigDecimal toBuyer(Charge charge, String currency) {
        if (isFee(charge)) {
            return BigDecimal.ZERO;
        }
        List<Charge> parts = charge.breakdowns() == null ? List.of() : charge.breakdowns();
        return parts.isEmpty()
                ? amount(charge.breakdownAmount(), currency)
                : parts.stream().map(part -> toBuyer(part, currency)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(@Nullable Posted posted, String currency) {
        return posted == null || !currency.equals(posted.currencyCode()) ? BigDecimal.ZERO : posted.currencyAmount();
    }

    private static boolean isFee(Charge charge) {
        String type =
                charge.breakdownType() == null ? "" : charge.breakdownType().toLowerCase(Locale.ROOT);
        return type.contains("fee") || type.contains("commission") || type.contains("expense");
    }

    private static String id(Transaction transaction) {
        List<RelatedIdentifier> related =
                transaction.relatedIdentifiers() == null ? List.of() : transaction.relatedIdentifiers();
        String id = related.stream()
                .filter(identifier -> "REFUND_ID".equals(identifier.relatedIdentifierName()))
                .map(RelatedIdentifier::relatedIdentifierValue)
                .findFirst()
                .orElse(transaction.transactionId() == null ? "unnamed" : transaction.transactionId());
        return id.replaceAll("[|,]", "_");
    }

    /// The nearest of Amazon's words.
    static String reasonCode(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("wrong") || lower.contains("different") || lower.contains("not_as_described")) {
            return "DifferentItem";
        }
        if (lower.contains("not_received") || lower.contains("lost")) {
            return "MerchandiseNotReceived";
        }
        return "CustomerReturn";
    }

    /// Minor units of one line.
    private record Row(long price, long tax, long shipping) {

        Row plus(Row other) {
            return new Row(price + other.price, tax + other.tax, shipping + other.shipping);
        }
    }
}
