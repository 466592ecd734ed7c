package io.hubline.sandbox.policy;

import java.util.List;

/// A channel of the simulation, as it behaves.
///
/// @param share of all buyers that come to it
/// @param compares whether a write says which number it replaces, and is refused where another stands
/// @param restocks whether a cancelled sale raises its number again
record Channel(String name, double share, boolean compares, boolean restocks) {

    /// Four channels of unequal weight: two that compare before they set and two that set blindly, of which
    /// one keeps a cancelled unit to itself.
    static final List<Channel> ALL = List.of(
            new Channel("shop", 0.45, true, true),
            new Channel("marketplace", 0.30, false, true),
            new Channel("outlet", 0.15, false, false),
            new Channel("second shop", 0.10, true, true));
}
