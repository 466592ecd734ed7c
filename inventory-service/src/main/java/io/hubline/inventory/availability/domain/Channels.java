package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.List;

/// How offers stand at their channels.
public interface Channels {

    /// Takes a state over, unless a newer one was.
    ///
    /// @return whether it was taken over
    boolean apply(ChannelState state);

    /// Those of these offers of which anything was told.
    List<ChannelState> of(Collection<String> offers);
}
