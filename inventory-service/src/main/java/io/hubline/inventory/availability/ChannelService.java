package io.hubline.inventory.availability;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Channels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps how offers stand at their channels, and lets numbers settle.
@ApplicationScoped
public class ChannelService {

    private final Channels channels;
    private final AvailabilityService availability;
    private final Pacing pacing;

    ChannelService(Channels channels, AvailabilityService availability, Pacing pacing) {
        this.channels = channels;
        this.availability = availability;
        this.pacing = pacing;
    }

    /// Takes a state over, unless a newer one was. What settled is applied again whenever it is told again,
    /// for it may have come before the offer was in escrow; told twice, it changes nothing.
    @Transactional(MANDATORY)
    public void apply(ChannelState state, AvailabilityService.@Nullable Settled settled) {
        List<ChannelState> known = channels.of(List.of(state.offer()));
        if (!channels.apply(state)) {
            return;
        }
        ChannelState before = known.isEmpty() ? ChannelState.unknown(state.offer(), state.account()) : known.getFirst();
        pacing.measure(before, state);
        boolean otherWays = !Objects.equals(before.ways(), state.ways());
        if (settled != null || otherWays) {
            availability.heard(state, settled, otherWays);
        }
    }
}
