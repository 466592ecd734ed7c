package io.hubline.sandbox.shopify.webhook;

import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.ShopListener;
import io.hubline.sandbox.shopify.store.ShopProfile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One shop's subscriptions and the messages to them.
///
/// Each message travels on its own virtual thread: perhaps held back until a later one has passed it, then
/// tried until it is answered 2xx or its tries are used up, then perhaps sent a second time.
public final class Outbound implements ShopListener {

    /// Eight retries within four hours, further apart each time, before the time factor.
    private static final List<Duration> RETRY_AFTER = List.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMinutes(4),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40),
            Duration.ofMinutes(64),
            Duration.ofMinutes(100));

    private static final Duration SHORTEST_HOLD = Duration.ofMillis(300);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(3);
    private static final Duration OVERTAKEN_WITHIN = Duration.ofSeconds(5);
    private static final int KEPT_MESSAGES = 15_000;

    private final ShopProfile shop;
    private final String secret;
    private final double timeFactor;
    private final InstantSource clock;
    private final Postman postman;
    private final Executor threads;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition accepted = lock.newCondition();
    private final Map<UUID, MessageState> messages = new LinkedHashMap<>();
    private WebhookFaults faults = WebhookFaults.NONE;
    private WebhookCounts counts = new WebhookCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
    private long lastSequence;
    private long highestAccepted;

    /// `timeFactor` scales the vendor's retry schedule: 1 is four hours, 0.002 about half a minute.
    public Outbound(
            ShopProfile shop,
            String secret,
            double timeFactor,
            InstantSource clock,
            Postman postman,
            Executor threads) {
        this.shop = shop;
        this.secret = secret;
        this.timeFactor = timeFactor;
        this.clock = clock;
        this.postman = postman;
        this.threads = threads;
    }

    public void subscribe(Subscription subscription) {
        subscriptions.add(subscription);
    }

    public boolean unsubscribe(long subscriptionId) {
        return subscriptions.removeIf(each -> each.id() == subscriptionId);
    }

    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    public void faults(WebhookFaults wanted) {
        lock.lock();
        try {
            faults = wanted;
        } finally {
            lock.unlock();
        }
    }

    public WebhookFaults faults() {
        lock.lock();
        try {
            return faults;
        } finally {
            lock.unlock();
        }
    }

    public WebhookCounts counts() {
        lock.lock();
        try {
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /// The newest messages, oldest first; the counts stay exact when the oldest are forgotten.
    public List<MessageState> messages() {
        lock.lock();
        try {
            return new ArrayList<>(messages.values());
        } finally {
            lock.unlock();
        }
    }

    /// Sends a message once more, now, and says how it was answered; 0 when nobody answered.
    public Optional<Integer> redeliver(UUID webhookId) {
        Optional<WebhookMessage> message;
        lock.lock();
        try {
            message = Optional.ofNullable(messages.get(webhookId)).map(MessageState::message);
        } finally {
            lock.unlock();
        }
        return message.map(postman::deliver);
    }

    @Override
    public void on(ShopEvent event, PlacedOrder order) {
        tell(event, order, order.fulfillments().size(), () -> OrderBody.of(order, shop));
    }

    @Override
    public void on(ShopEvent event, PlacedOrder order, Refund refund) {
        tell(event, order, order.refunds().indexOf(refund), () -> RefundBody.of(order, refund, shop));
    }

    @Override
    public void on(ShopEvent event, PlacedOrder order, GoodsReturn goods) {
        tell(event, order, order.returns().indexOf(goods), () -> ReturnBody.of(event, order, goods));
    }

    /// `ordinal` tells two messages of one topic about one order apart, so that chance decides them alike
    /// in every run.
    private void tell(ShopEvent event, PlacedOrder order, int ordinal, Supplier<String> writer) {
        List<Subscription> interested =
                subscriptions.stream().filter(each -> each.event() == event).toList();
        if (interested.isEmpty()) {
            return;
        }
        String body = writer.get();
        UUID eventId = UUID.randomUUID();
        for (Subscription subscription : interested) {
            start(event, order, ordinal, body, eventId, subscription);
        }
    }

    private void start(
            ShopEvent event, PlacedOrder order, int ordinal, String body, UUID eventId, Subscription subscription) {
        lock.lock();
        try {
            WebhookMessage message = new WebhookMessage(
                    ++lastSequence,
                    shop.name(),
                    shop.domain(),
                    event.topic(),
                    order.id(),
                    subscription.id(),
                    subscription.target(),
                    UUID.randomUUID(),
                    eventId,
                    clock.instant(),
                    body,
                    WebhookSignature.of(secret, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            String name = "%s|%d|%s|%d|%s"
                    .formatted(
                            shop.name(),
                            order.number(),
                            event.topic(),
                            ordinal,
                            subscription.target().getPath());
            WebhookFaults.Fate fate = faults.fateOf(shop.seed(), name);
            boolean lost = fate.lost();
            remember(new MessageState(
                    message, fate, lost ? MessageState.Status.LOST : MessageState.Status.PENDING, 0, 0, null));
            counts = counts.plus(new WebhookCounts(1, 0, lost ? 1 : 0, 0, lost ? 0 : 1, 0, 0, 0, 0));
            if (!lost) {
                threads.execute(() -> carry(message, fate, new SplittableRandom(shop.seed() ^ message.sequence())));
            }
        } finally {
            lock.unlock();
        }
    }

    private void remember(MessageState state) {
        messages.put(state.message().webhookId(), state);
        if (messages.size() > KEPT_MESSAGES) {
            messages.entrySet().stream()
                    .filter(each -> each.getValue().status() != MessageState.Status.PENDING)
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .ifPresent(messages::remove);
        }
    }

    private void carry(WebhookMessage message, WebhookFaults.Fate fate, SplittableRandom chance) {
        try {
            if (fate.reordered()) {
                holdBack(message, chance);
            }
            if (deliverInTheEnd(message, false) && fate.duplicated()) {
                Thread.sleep(chance.nextLong(20, 800));
                deliverInTheEnd(message, true);
            }
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
        }
    }

    private void holdBack(WebhookMessage message, SplittableRandom chance) throws InterruptedException {
        Thread.sleep(chance.nextLong(SHORTEST_HOLD.toMillis(), LONGEST_HOLD.toMillis()));
        long left = OVERTAKEN_WITHIN.toNanos();
        lock.lock();
        try {
            while (highestAccepted <= message.sequence() && left > 0) {
                left = accepted.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean deliverInTheEnd(WebhookMessage message, boolean second) throws InterruptedException {
        for (int retry = 0; ; retry++) {
            int answer = postman.deliver(message);
            boolean taken = answer >= 200 && answer < 300;
            delivered(message, answer, taken, second);
            if (taken) {
                return true;
            }
            if (retry == RETRY_AFTER.size()) {
                abandoned(message, second);
                return false;
            }
            TimeUnit.NANOSECONDS.sleep((long) (RETRY_AFTER.get(retry).toNanos() * timeFactor));
        }
    }

    private void delivered(WebhookMessage message, int answer, boolean taken, boolean second) {
        lock.lock();
        try {
            boolean first = taken && !second;
            boolean overtaken = first && highestAccepted > message.sequence();
            counts = counts.plus(new WebhookCounts(
                    0,
                    first ? 1 : 0,
                    0,
                    0,
                    first ? -1 : 0,
                    1,
                    taken ? 0 : 1,
                    taken && second ? 1 : 0,
                    overtaken ? 1 : 0));
            MessageState state = messages.get(message.webhookId());
            if (state != null) {
                Instant acceptedAt = first ? clock.instant() : state.acceptedAt();
                messages.put(
                        message.webhookId(),
                        new MessageState(
                                message,
                                state.fate(),
                                first ? MessageState.Status.ACCEPTED : state.status(),
                                state.deliveries() + 1,
                                answer,
                                acceptedAt));
            }
            if (taken) {
                highestAccepted = Math.max(highestAccepted, message.sequence());
                accepted.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void abandoned(WebhookMessage message, boolean second) {
        lock.lock();
        try {
            if (!second) {
                counts = counts.plus(new WebhookCounts(0, 0, 0, 1, -1, 0, 0, 0, 0));
                messages.computeIfPresent(
                        message.webhookId(),
                        (id, state) -> new MessageState(
                                message,
                                state.fate(),
                                MessageState.Status.ABANDONED,
                                state.deliveries(),
                                state.lastAnswer(),
                                null));
            }
        } finally {
            lock.unlock();
        }
        subscriptions.removeIf(each -> each.id() == message.subscriptionId() && !each.declaredWithApp());
    }

    /// Where a subscription points may only be http or https.
    public static boolean deliverable(URI target) {
        return ("http".equals(target.getScheme()) || "https".equals(target.getScheme())) && target.getHost() != null;
    }
}
