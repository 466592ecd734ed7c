package io.hubline.connector.account.api;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig.AccountConfig;
import io.hubline.connector.spi.Account;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configured accounts.
@Path("/accounts")
class AccountsResource {

    private final Accounts accounts;

    AccountsResource(Accounts accounts) {
        this.accounts = accounts;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<View> list() {
        return new Page<>(accounts.all().stream().map(this::view).toList(), null);
    }

    private View view(Account account) {
        AccountConfig config = accounts.configuration(account);
        return new View(
                account.id(),
                account.adapter(),
                accounts.ports(account),
                account.settings().get("base-url"),
                "/webhooks/%s/%s".formatted(account.adapter(), account.id()),
                accounts.pollInterval(account),
                config.pollOverlap(),
                config.reconcileInterval());
    }

    /// @param ports what its channel can do for the hub
    /// @param webhookPath where its channel sends webhooks
    record View(
            String account,
            String adapter,
            List<String> ports,
            @Nullable String baseUrl,
            String webhookPath,
            Duration pollInterval,
            Duration pollOverlap,
            Duration reconcileInterval) {}
}
