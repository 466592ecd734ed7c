package io.hubline.connector.inbound;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.WebhookPort;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Keeps the channel's subscriptions alive: a channel forgets them after a few failed deliveries.
@Singleton
class SubscriptionWork implements AccountWork {

    private static final Logger LOGGER = Logger.getLogger(SubscriptionWork.class);
    private static final String CALLBACK = "callback-url";
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);
    private static final Duration FAILED_PAUSE = Duration.ofSeconds(30);

    private final Accounts accounts;

    SubscriptionWork(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public boolean serves(Account account) {
        return account.settings().containsKey(CALLBACK)
                && accounts.port(account, WebhookPort.class).isPresent();
    }

    @Override
    public Duration step(Account account) {
        return switch (accounts.portOf(account, WebhookPort.class).ensureSubscriptions(account, callback(account))) {
            case Done<Integer>(Integer made) -> {
                if (made > 0) {
                    LOGGER.infof("%d webhook subscriptions made for account %s", made, account.id());
                }
                yield LOOK_AGAIN;
            }
            case TryAgain<Integer>(Duration after, String why) -> later(account, after, why);
            case Unknown<Integer>(String why) -> later(account, FAILED_PAUSE, why);
            case Refused<Integer>(String code, String why) -> later(account, FAILED_PAUSE, code + ": " + why);
        };
    }

    private static Duration later(Account account, Duration after, String why) {
        LOGGER.warnf("The webhook subscriptions of account %s are not there yet: %s", account.id(), why);
        return after;
    }

    /// The address of the hub as the channel reaches it, completed by the path unless it has one.
    private static URI callback(Account account) {
        URI configured = URI.create(account.required(CALLBACK));
        String path = configured.getPath();
        return path == null || path.isEmpty() || path.equals("/")
                ? configured.resolve("/webhooks/" + account.adapter() + "/" + account.id())
                : configured;
    }
}
