package io.hubline.connector.inbound;

import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.StoredMessage;
import io.hubline.kit.audit.Audit;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The raw store for a person: what came, what became of it, and once more.
@ApplicationScoped
public class InboundService {

    private static final Logger LOGGER = Logger.getLogger(InboundService.class);
    private static final int PURGE_CHUNK = 5_000;

    private final InboundMessages messages;
    private final Audit audit;
    private final Wakes wakes;
    private final Transactions transactions;
    private final InstantSource clock;
    private final ConnectorConfig config;

    InboundService(
            InboundMessages messages,
            Audit audit,
            Wakes wakes,
            Transactions transactions,
            InstantSource clock,
            ConnectorConfig config) {
        this.messages = messages;
        this.audit = audit;
        this.wakes = wakes;
        this.transactions = transactions;
        this.clock = clock;
        this.config = config;
    }

    /// Messages, newest first.
    ///
    /// @param before only older ones than this message
    @Transactional
    public List<StoredMessage> list(
            @Nullable String account, @Nullable MessageStatus status, @Nullable UUID before, int limit) {
        return messages.list(account, status, before, limit);
    }

    /// Lets a dead message be worked again.
    ///
    /// @return the message as it is then; empty when there is none
    /// @throws NotReplayableException when it is not dead, or names no order and so never can be worked
    @Transactional
    public Optional<StoredMessage> replay(UUID id) {
        Optional<StoredMessage> found = messages.find(id);
        found.ifPresent(message -> {
            if (!messages.revive(id, clock.instant())) {
                throw new NotReplayableException(
                        message.externalId() == null ? "the message names no order" : "the message is not dead");
            }
            audit.record(
                    "inbound-message.replayed",
                    "inbound-message",
                    id.toString(),
                    Map.of("status", message.status()),
                    Map.of("status", MessageStatus.PENDING.toString()));
            wakes.ringAfterCommit(message.account(), InboundWork.NAME);
        });
        return found.isEmpty() ? found : messages.find(id);
    }

    /// Backlogs by account, for whoever sums up how the hub stands.
    @Transactional
    public InboundMessages.Backlog backlog(String account) {
        return messages.backlog(account);
    }

    /// Forgets, every night, what was settled long ago.
    @Scheduled(cron = "0 45 3 * * ?", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Instant before = clock.instant().minus(config.retention());
        int purged = 0;
        int chunk;
        do {
            chunk = transactions.call(() -> messages.purge(before, PURGE_CHUNK));
            purged += chunk;
        } while (chunk == PURGE_CHUNK);
        LOGGER.infof("%d settled inbound messages were purged", purged);
    }
}
