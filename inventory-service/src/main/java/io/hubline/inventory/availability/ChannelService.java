package io.hubline.inventory.availability;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Channels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/// Keeps how offers stand at their channels.
@ApplicationScoped
public class ChannelService {

    private final Channels channels;

    ChannelService(Channels channels) {
        this.channels = channels;
    }

    /// Takes a state over, unless a newer one was.
    @Transactional(MANDATORY)
    public void apply(ChannelState state) {
        channels.apply(state);
    }
}
