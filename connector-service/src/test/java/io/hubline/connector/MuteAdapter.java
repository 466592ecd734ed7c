package io.hubline.connector;

import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Adapter;
import jakarta.inject.Singleton;
import java.util.List;

/// A channel without any port.
@Singleton
class MuteAdapter implements Adapter {

    static final String NAME = "mute";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> complaints(Account account) {
        return List.of();
    }
}
