package io.hubline.routing.plan.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as the order book says it is.
///
/// @param ended cancelled or completed: nobody waits for goods any longer
/// @param holds the reasons for which it is held
/// @param lines units wanted, shipped ones included
public record Facts(
        long version,
        boolean ended,
        List<String> holds,
        @Nullable Instant shipBy,
        @Nullable String country,
        @Nullable String region,
        List<DemandLine> lines) {

    /// The hold that follows from our own word. It does not keep us from trying again.
    public static final String UNROUTABLE = "UNROUTABLE";

    public Facts {
        holds = List.copyOf(holds);
        lines = List.copyOf(lines);
    }

    boolean isHeldAsUnroutable() {
        return holds.contains(UNROUTABLE);
    }
}
