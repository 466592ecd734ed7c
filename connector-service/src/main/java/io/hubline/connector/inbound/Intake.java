package io.hubline.connector.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.domain.Arrival;
import io.hubline.connector.inbound.domain.CardScrubber;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.ReturnSnapshots;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Delivery;
import io.hubline.connector.spi.Hint;
import io.hubline.connector.spi.Hint.AboutOrder;
import io.hubline.connector.spi.Hint.AboutReturn;
import io.hubline.connector.spi.Hint.OfNoInterest;
import io.hubline.connector.spi.Hint.Unreadable;
import io.hubline.connector.spi.WebhookPort;
import io.hubline.kit.Ids;
import io.hubline.kit.personal.PersonalCipher;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes deliveries in: once the signature holds, a delivery is stored raw before it is answered (I5).
@Singleton
public class Intake {

    private final Accounts accounts;
    private final ReturnSnapshots returns;
    private final Transactions transactions;
    private final PersonalCipher cipher;
    private final IntakeQueue queue;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    Intake(
            Accounts accounts,
            ReturnSnapshots returns,
            Transactions transactions,
            PersonalCipher cipher,
            IntakeQueue queue,
            InstantSource clock,
            MeterRegistry metrics) {
        this.accounts = accounts;
        this.returns = returns;
        this.transactions = transactions;
        this.cipher = cipher;
        this.queue = queue;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Verifies, scrubs, seals and stores, and returns once that has committed.
    ///
    /// @throws IntakeBusyException when the store does not keep up or is away: the channel sends again
    /// @throws InterruptedException when the service stops before the delivery is stored
    public IntakeOutcome accept(String adapter, String accountId, Delivery delivery) throws InterruptedException {
        Optional<Account> found = accounts.find(accountId)
                .filter(account -> account.adapter().equals(adapter))
                .filter(account -> accounts.port(account, WebhookPort.class).isPresent());
        if (found.isEmpty()) {
            return IntakeOutcome.UNKNOWN_ACCOUNT;
        }
        Account account = found.get();
        WebhookPort port = accounts.portOf(account, WebhookPort.class);
        if (!port.isGenuine(account, delivery)) {
            queue.forged(account, delivery.body().length);
            count(account, "forged");
            return IntakeOutcome.FORGED;
        }
        Arrival arrival = arrival(account, port, delivery);
        queue.store(arrival);
        count(account, arrival.status().toString());
        return IntakeOutcome.STORED;
    }

    private Arrival arrival(Account account, WebhookPort port, Delivery delivery) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        Hint hint = port.read(delivery);
        String body = new String(CardScrubber.scrub(delivery.body()), ISO_8859_1);
        String sealed = cipher.sealText(body, "inbound:" + id);
        @Nullable String given = hint.deliveryId();
        String deliveryId = given == null ? id.toString() : given;
        @Nullable String externalId = null;
        @Nullable Instant updatedAt = null;
        @Nullable String reason = null;
        MessageStatus status = switch (hint) {
            case AboutOrder order -> {
                externalId = order.externalId();
                updatedAt = order.updatedAt();
                yield MessageStatus.PENDING;
            }
            case AboutReturn returned -> {
                externalId = transactions
                        .call(() -> returns.orderOf(account.id(), returned.channelReturnId()))
                        .orElse(null);
                reason = externalId == null
                        ? "about a return the hub has not seen: the next poll finds its order"
                        : null;
                yield externalId == null ? MessageStatus.IGNORED : MessageStatus.PENDING;
            }
            case OfNoInterest other -> {
                reason = other.why();
                yield MessageStatus.IGNORED;
            }
            case Unreadable unreadable -> {
                reason = unreadable.why();
                yield MessageStatus.DEAD;
            }
        };
        return new Arrival(
                id,
                account.id(),
                account.adapter(),
                Arrival.Source.WEBHOOK,
                deliveryId,
                hint.topic(),
                kept(delivery, port.headersKept()),
                sealed,
                externalId,
                updatedAt,
                now,
                status,
                reason);
    }

    private static Map<String, String> kept(Delivery delivery, Set<String> names) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : names) {
            @Nullable String value = delivery.header(name);
            if (value != null) {
                kept.put(name, CardScrubber.scrub(value));
            }
        }
        return kept;
    }

    private void count(Account account, String outcome) {
        metrics.counter("hubline_connector_deliveries", "account", account.id(), "outcome", outcome)
                .increment();
    }
}
