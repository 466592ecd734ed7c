package io.hubline.connector.sync;

import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.inbound.PollNews;
import io.hubline.connector.inbound.domain.OrderSnapshots.SoldThrough;
import io.hubline.connector.inbound.domain.OrderSnapshots.Told;
import io.hubline.connector.spi.Account;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.Settlements;
import io.hubline.connector.sync.domain.Settlements.Announced;
import io.hubline.connector.sync.domain.Settlements.Sale;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says of which numbers it is proved what the channel can still sell (design section 5, E4).
///
/// Two things prove it, in either order: a complete poll that began after the number stood there, and an
/// availability in which as much is booked as was announced. Joins the caller's transaction.
@Singleton
class Settlement implements PollNews {

    private static final int AT_ONCE = 1_000;

    private final Settlements settlements;
    private final BookedSales bookedSales;
    private final SyncAnnouncements announcements;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    Settlement(
            Settlements settlements,
            BookedSales bookedSales,
            SyncAnnouncements announcements,
            InstantSource clock,
            MeterRegistry metrics) {
        this.settlements = settlements;
        this.bookedSales = bookedSales;
        this.announcements = announcements;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// As many as one transaction bears are looked at as of the end of the poll; the others follow.
    @Override
    public void completed(Account account) {
        follow(account);
    }

    /// Looks at numbers that the last complete poll followed, as many as one transaction bears.
    ///
    /// @return whether there may be more
    boolean follow(Account account) {
        Optional<Instant> announced = bookedSales.announcedThrough(account);
        if (announced.isEmpty()) {
            return false;
        }
        List<Sale> offers = settlements.standing(account.id(), announced.get(), AT_ONCE);
        if (!offers.isEmpty()) {
            List<Announced> sales = announced(offers);
            settlements.polled(sales, announced.get());
            settle(account.id(), sales, clock.instant());
        }
        return offers.size() == AT_ONCE;
    }

    /// An availability says how much is booked.
    void booked(DesiredQuantity desired, Instant now) {
        if (desired.sold() != null) {
            settlements
                    .waiting(desired.offer())
                    .ifPresent(offer -> settle(offer.account(), announced(List.of(offer)), now));
        }
    }

    private void settle(String account, List<Announced> sales, Instant now) {
        List<String> settled = settlements.settle(sales);
        announcements.announce(account, settled, now);
        metrics.counter("hubline_connector_quantities_settled", "account", account)
                .increment(settled.size());
    }

    private List<Announced> announced(List<Sale> offers) {
        List<Told> told = bookedSales.told(offers.stream()
                .map(offer -> new SoldThrough(
                        offer.account(), offer.channelSku(), offer.variantId(), offer.channelLocation()))
                .toList());
        List<Announced> announced = new ArrayList<>(offers.size());
        for (int i = 0; i < offers.size(); i++) {
            announced.add(new Announced(
                    offers.get(i).offer(), told.get(i).ordered(), told.get(i).cancelled()));
        }
        return announced;
    }
}
