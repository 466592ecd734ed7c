package io.hubline.sandbox.launcher;

import io.hubline.embedded.Endpoints;
import io.hubline.embedded.LocalTokens;
import io.hubline.embedded.PrivateFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// What each part is told: a file of its own, readable by its owner alone, since it holds passwords.
final class Configuration {

    private static final List<String> SHOPS = List.of("shop-a", "shop-b");
    private static final String PLAN = "plus";
    private static final String SELLER = "amazon-us";
    private static final String SELLER_ID = "A2HUBLINEDEMO1";
    private static final String MARKETPLACE_US = "ATVPDKIKX0DER";

    private static final List<String> SELLER_SECRETS = List.of("client-id", "client-secret", "refresh-token");

    /// Above application.properties (250), below environment and -D, so that a user can still override.
    private static final String ORDINAL = "280";

    /// What the API console needs to run in a browser, and nothing from elsewhere.
    private static final String CONSOLE_POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    private final Hub hub;
    private final Secrets secrets;
    private final LocalTokens tokens;

    Configuration(Hub hub) {
        this.hub = hub;
        this.secrets = Secrets.in(hub.keys());
        this.tokens = LocalTokens.in(hub.keys());
    }

    LocalTokens tokens() {
        return tokens;
    }

    /// What the simulator's control API wants to hear.
    String controlToken() {
        return secrets.ofShop("simulator", "control-token");
    }

    /// Writes a service's file.
    Path write(Service service, Endpoints endpoints) {
        Properties properties = new Properties();
        properties.setProperty("config_ordinal", ORDINAL);
        properties.setProperty("quarkus.http.host", "127.0.0.1");
        properties.setProperty("quarkus.http.port", Integer.toString(service.port(hub)));
        properties.setProperty("quarkus.management.host", "127.0.0.1");
        properties.setProperty("quarkus.management.port", Integer.toString(service.managementPort(hub)));
        properties.setProperty("quarkus.log.console.json.enabled", "false");
        properties.setProperty("quarkus.swagger-ui.enabled", "true");
        properties.setProperty("quarkus.http.header.\"Content-Security-Policy\".value", CONSOLE_POLICY);
        properties.setProperty("quarkus.datasource.jdbc.url", endpoints.jdbcUrl(service.database()));
        properties.setProperty("quarkus.datasource.username", service.database());
        properties.setProperty("quarkus.datasource.password", endpoints.password(service.database()));
        properties.setProperty("quarkus.flyway.migrate-at-start", "true");
        properties.setProperty("kafka.bootstrap.servers", endpoints.bootstrapServers());
        properties.setProperty("quarkus.oidc.public-key", tokens.publicKey());
        properties.setProperty("quarkus.oidc.token.issuer", LocalTokens.ISSUER);
        properties.setProperty("hubline.personal.key-id", "local-1");
        properties.setProperty("hubline.personal.key", secrets.personalKey());
        if (service == Service.CONNECTOR) {
            properties.setProperty("quarkus.redis.hosts", endpoints.redisUrl());
            SHOPS.forEach(shop -> addShop(properties, shop));
            addSeller(properties);
        }
        Path file = hub.config().resolve(service.part() + ".properties");
        PrivateFiles.write(file, properties);
        return file;
    }

    /// Writes the simulator's file: the shops, the credentials it accepts and where its webhooks go.
    Path writeSimulator(long seed) {
        Properties properties = new Properties();
        properties.setProperty("shops", String.join(",", SHOPS));
        properties.setProperty("control.token", controlToken());
        properties.setProperty("seed", Long.toString(seed));
        // Shorter than the vendor's day and four hours, so that both are seen to happen while one watches.
        properties.setProperty("token.lifetime-seconds", "25");
        properties.setProperty("webhook.time-factor", "0.002");
        for (String shop : SHOPS) {
            String prefix = "shop." + shop + ".";
            properties.setProperty(prefix + "client-id", secrets.ofShop(shop, "client-id"));
            properties.setProperty(prefix + "client-secret", secrets.ofShop(shop, "client-secret"));
            properties.setProperty(prefix + "webhook-secret", secrets.ofShop(shop, "webhook-secret"));
            properties.setProperty(prefix + "plan", PLAN);
            properties.setProperty(
                    prefix + "webhook-url",
                    "http://localhost:%d/webhooks/shopify/%s".formatted(Service.CONNECTOR.port(hub), shop));
        }
        properties.setProperty("amazon.sellers", SELLER);
        String seller = "amazon.seller." + SELLER + ".";
        properties.setProperty(seller + "seller-id", SELLER_ID);
        properties.setProperty(seller + "marketplace-id", MARKETPLACE_US);
        for (String name : SELLER_SECRETS) {
            properties.setProperty(seller + name, secrets.ofShop(SELLER, name));
        }
        Path file = hub.config().resolve("simulator.properties");
        PrivateFiles.write(file, properties);
        return file;
    }

    /// Amazon lets the list of orders be asked for 20 times, and then once in three minutes: every 25 s is
    /// enough for as long as a demo lasts, and whoever stays longer sees the quota at work.
    private void addSeller(Properties properties) {
        String account = "hubline.connector.accounts.\"" + SELLER + "\".";
        String setting = account + "settings.\"%s\"";
        String base = "http://localhost:%d/amazon".formatted(hub.simulatorPort());
        properties.setProperty(account + "adapter", "amazon");
        properties.setProperty(account + "poll-interval", "25s");
        // The example order of the simulator is some weeks old.
        properties.setProperty(account + "backfill", "90d");
        properties.setProperty(account + "reconcile-interval", "60s");
        // The simulator carries out a submission after a second, the vendor after minutes at worst.
        properties.setProperty(account + "apply-age-max", "30s");
        properties.setProperty(account + "booking-allowance", "20s");
        properties.setProperty(setting.formatted("base-url"), base);
        properties.setProperty(setting.formatted("token-url"), base + "/auth/o2/token");
        properties.setProperty(setting.formatted("seller-id"), SELLER_ID);
        properties.setProperty(setting.formatted("marketplace-id"), MARKETPLACE_US);
        for (String name : SELLER_SECRETS) {
            properties.setProperty(setting.formatted(name), secrets.ofShop(SELLER, name));
        }
    }

    private void addShop(Properties properties, String shop) {
        String account = "hubline.connector.accounts.\"" + shop + "\".";
        String setting = account + "settings.\"%s\"";
        properties.setProperty(account + "adapter", "shopify");
        // Webhooks get lost in the sandbox on purpose; a short poll shows the recovery while one watches.
        properties.setProperty(account + "poll-interval", "5s");
        properties.setProperty(account + "reconcile-interval", "20s");
        properties.setProperty(account + "booking-allowance", "20s");
        properties.setProperty(
                setting.formatted("base-url"), "http://localhost:%d/shops/%s".formatted(hub.simulatorPort(), shop));
        for (String name : List.of("client-id", "client-secret", "webhook-secret")) {
            properties.setProperty(setting.formatted(name), secrets.ofShop(shop, name));
        }
        properties.setProperty(setting.formatted("plan"), PLAN);
    }
}
