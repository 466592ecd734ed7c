package io.hubline.inventory.availability.domain;

import org.jspecify.annotations.Nullable;

/// Whether the units of a SKU are shown everywhere or divided.
///
/// Shared numbers sell a unit twice when more is sold unseen, while numbers are on their way, than is left.
/// So a SKU is divided while its depth is no more than a few times of what may sell in that time, and
/// shared again only when it is much deeper: between the two bounds it stays as it is, since each switch
/// costs a round of pushes.
///
/// @param probability how often the last units may be sold twice while they are shared; above 0 and at most
///     1
/// @param escrowBelow divided from so many times of what may sell during the lag downwards
/// @param sharedAbove shared again from so many times of it upwards
public record ModeChoice(double probability, double escrowBelow, double sharedAbove) {

    /// One sale in a thousand; divided at twice of what may sell unseen, shared again at four times.
    public static final ModeChoice USUAL = new ModeChoice(0.001, 2, 4);

    public ModeChoice {
        if (!(probability > 0 && probability <= 1) || !(escrowBelow > 0) || !(sharedAbove >= escrowBelow)) {
            throw new IllegalArgumentException("probability %s, escrow below %s, shared above %s"
                    .formatted(probability, escrowBelow, sharedAbove));
        }
    }

    /// The mode from now on.
    ///
    /// @param now the mode so far
    /// @param depth units that can be promised
    /// @param offers how many offers draw on them; a single one is shared with nobody
    /// @param duringLag what sells through all of them between a sale and the moment at which every other
    ///     channel shows it: velocity over the measured lag
    /// @param manual what a person decided; null to choose
    public Mode choose(Mode now, int depth, int offers, Demand duringLag, @Nullable Mode manual) {
        if (manual != null) {
            return manual;
        }
        if (offers < 2) {
            return Mode.SHARED;
        }
        int unseen = Buffers.against(duringLag, probability);
        if (unseen > 0 && depth <= escrowBelow * unseen) {
            return Mode.ESCROW;
        }
        return depth > sharedAbove * unseen ? Mode.SHARED : now;
    }
}
