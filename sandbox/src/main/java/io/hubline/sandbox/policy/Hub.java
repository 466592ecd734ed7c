package io.hubline.sandbox.policy;

import java.util.List;

/// The hub's side of the simulation: it hears of sales and of settled numbers, late, and says what channels
/// should show.
interface Hub {

    /// A unit was sold through the channel, as the hub hears now.
    void sold(int channel, long at);

    /// The buyer of a booked unit does not want it any more, as the hub hears now.
    void cancelled(int channel, long at);

    /// A number is known to stand at a channel.
    void settled(int channel, Settlement settlement, long at);

    /// What has changed since it was asked last.
    List<Publication> publish(long at);
}
