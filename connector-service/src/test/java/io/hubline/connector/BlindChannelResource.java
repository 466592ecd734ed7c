package io.hubline.connector;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives the service under test one account at the channel that takes numbers unseen.
public final class BlindChannelResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        String account = "hubline.connector.accounts.\"%s\".".formatted(BlindChannel.ACCOUNT);
        return Map.of(
                account + "adapter", "blind",
                account + "poll-interval", "500ms",
                account + "apply-age-max", "4s",
                account + "settings.\"none\"", "needed");
    }

    @Override
    public void stop() {
        // It ends with the service.
    }
}
