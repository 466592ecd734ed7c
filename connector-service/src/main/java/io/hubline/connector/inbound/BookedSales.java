package io.hubline.connector.inbound;

import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.inbound.domain.OrderSnapshots.SoldThrough;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.inbound.domain.PollPositions;
import jakarta.inject.Singleton;
import java.util.Optional;

/// How far the hub has been told of a channel's sales: what a writer of stock must know before it may take
/// a number
/// that differs for changed behind the hub's back. Joins the caller's transaction.
@Singleton
public class BookedSales {

    private final PollPositions positions;
    private final OrderSnapshots snapshots;

    BookedSales(PollPositions positions, OrderSnapshots snapshots) {
        this.positions = positions;
        this.snapshots = snapshots;
    }

    /// The last poll whose every order has been announced; empty before the first.
    public Optional<Complete> lastCompletePoll(String account) {
        return Optional.ofNullable(positions.find(account).complete());
    }

    /// Units sold through an offer by all that was announced. Once everything is booked, the offer's
    /// booked units have
    /// come to the same.
    public long unitsSold(SoldThrough offer) {
        return snapshots.unitsSold(offer);
    }
}
