package io.hubline.connector.account;

import io.hubline.connector.account.ConnectorConfig.AccountConfig;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Adapter;
import io.hubline.connector.spi.OrderPort;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The accounts, each with the adapter that speaks for it.
@Singleton
public class Accounts {

    private static final Duration USUAL_POLL_INTERVAL = Duration.ofSeconds(30);

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, AccountConfig> configurations;
    private final Map<String, Adapter> adapters = new TreeMap<>();

    /// @throws IllegalStateException when an account cannot work as configured; the message names settings
    ///     and no values
    Accounts(ConnectorConfig config, @All List<Adapter> found) {
        this.configurations = config.accounts();
        found.forEach(adapter -> adapters.put(adapter.name(), adapter));
        List<String> complaints = new ArrayList<>();
        configurations.forEach((id, configuration) -> {
            Account account = new Account(id, configuration.adapter(), configuration.settings());
            @Nullable Adapter adapter = adapters.get(account.adapter());
            if (adapter == null) {
                complaints.add("account %s wants the adapter '%s'; there are %s"
                        .formatted(id, account.adapter(), adapters.keySet()));
            } else {
                complaints.addAll(adapter.complaints(account));
            }
            accounts.put(id, account);
        });
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(String.join("; ", complaints));
        }
    }

    /// Every account, by name.
    public List<Account> all() {
        return List.copyOf(accounts.values());
    }

    public Optional<Account> find(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /// How the account is worked.
    ///
    /// @throws IllegalArgumentException when there is no such account
    public AccountConfig configuration(Account account) {
        @Nullable AccountConfig configuration = configurations.get(account.id());
        if (configuration == null) {
            throw new IllegalArgumentException("no account " + account.id());
        }
        return configuration;
    }

    /// From the begin of one poll to the begin of the next: what is configured, or else as often as every
    /// 30 s and as the channel's rate limit lasts for.
    public Duration pollInterval(Account account) {
        return configuration(account)
                .pollInterval()
                .orElseGet(() -> port(account, OrderPort.class)
                        .map(port -> port.shortestPollInterval(account))
                        .filter(lasting -> lasting.compareTo(USUAL_POLL_INTERVAL) > 0)
                        .orElse(USUAL_POLL_INTERVAL));
    }

    /// The port of the account's adapter; empty where its channel has none.
    public <P extends Adapter> Optional<P> port(Account account, Class<P> port) {
        return Optional.ofNullable(adapters.get(account.adapter()))
                .filter(port::isInstance)
                .map(port::cast);
    }

    /// The port of the account's adapter, where work is done only for accounts that have it.
    ///
    /// @throws IllegalStateException when it has none
    public <P extends Adapter> P portOf(Account account, Class<P> port) {
        return port(account, port)
                .orElseThrow(() -> new IllegalStateException(
                        "the adapter of account %s is no %s".formatted(account.id(), port.getSimpleName())));
    }

    /// The ports of the account's adapter, by name, for a person.
    public List<String> ports(Account account) {
        return Optional.ofNullable(adapters.get(account.adapter())).stream()
                .flatMap(adapter -> java.util.Arrays.stream(adapter.getClass().getInterfaces()))
                .map(Class::getSimpleName)
                .filter(name -> name.endsWith("Port"))
                .sorted()
                .toList();
    }
}
