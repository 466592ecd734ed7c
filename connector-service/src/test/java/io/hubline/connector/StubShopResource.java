package io.hubline.connector;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// Gives the service under test one account at the stub.
public final class StubShopResource implements QuarkusTestResourceLifecycleManager {

    public static final String ACCOUNT = "shop-t";
    /// An account whose channel can be told nothing.
    public static final String MUTE_ACCOUNT = "mute-t";

    public static final String SECRET = "hub-test-secret";

    @Override
    public Map<String, String> start() {
        String account = "hubline.connector.accounts.\"%s\".".formatted(ACCOUNT);
        Map<String, String> settings = new HashMap<>(Map.of(
                account + "adapter", "shopify",
                account + "poll-interval", "1s",
                account + "booking-allowance", "10m",
                account + "settings.\"base-url\"", StubShop.running().uri().toString(),
                account + "settings.\"client-id\"", "stub",
                account + "settings.\"client-secret\"", "stub-secret",
                account + "settings.\"webhook-secret\"", "the next secret",
                account + "settings.\"webhook-secret-old\"", SECRET,
                account + "settings.\"plan\"", "plus",
                account + "settings.\"callback-url\"", "https://hub.example"));
        settings.put("hubline.connector.accounts.\"%s\".adapter".formatted(MUTE_ACCOUNT), MuteAdapter.NAME);
        return settings;
    }

    @Override
    public void stop() {
        // The stub ends with the tests.
    }
}
