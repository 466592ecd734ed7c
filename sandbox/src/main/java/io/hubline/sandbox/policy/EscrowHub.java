package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Escrow;
import io.hubline.inventory.availability.domain.Escrow.Offered;
import io.hubline.inventory.availability.domain.Escrow.Standing;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.StockKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The units are divided over the channels, so that all of them together never can sell more than there is.
final class EscrowHub implements Hub {

    /// From the decision on a number to its settlement, in lags: there and back, the wait for a poll, and
    /// the poll.
    private static final int LAGS_TO_SETTLE = 5;

    private static final StockKey KEY = new StockKey(Books.POOL, Books.SKU);
    private static final SortedMap<StockKey, Integer> ONE_UNIT = new TreeMap<>(Map.of(KEY, 1));

    private final Books books;
    private final Pace pace;
    private final Duration settles;
    private final Exposure[] exposures = new Exposure[Channel.ALL.size()];
    private final Publication[] told;
    private long sequence;

    /// @param told what channels were told before the units were divided, in their order
    /// @param sequence the newest of it
    EscrowHub(Books books, Pace pace, Duration lag, List<Publication> told, long sequence) {
        this.books = books;
        this.pace = pace;
        this.settles = lag.multipliedBy(LAGS_TO_SETTLE);
        this.told = told.toArray(Publication[]::new);
        this.sequence = sequence;
        Arrays.setAll(exposures, channel -> {
            Channel of = Channel.ALL.get(channel);
            return Exposure.unknown(
                    name(channel),
                    ONE_UNIT,
                    of.compares(),
                    of.restocks(),
                    books.soldThrough(channel),
                    books.cancelledOf(channel),
                    sequence == 0 ? 0 : sequence + 1);
        });
    }

    @Override
    public void sold(int channel, long at) {
        books.sold(channel);
        pace.sold(channel, at);
        exposures[channel] = exposures[channel].sold(1);
    }

    @Override
    public void cancelled(int channel, long at) {
        books.cancelled(channel);
        exposures[channel] = exposures[channel].cancelled(1);
    }

    @Override
    public void settled(int channel, Settlement settlement, long at) {
        exposures[channel] = exposures[channel].settled(
                settlement.through(), settlement.quantity(), settlement.sold(), settlement.cancelled());
    }

    @Override
    public List<Publication> publish(long at) {
        List<Offered<StockKey>> offers = new ArrayList<>();
        Duration horizon = Escrow.horizon(settles, pace.ofAll(settles, at).mean());
        for (int channel = 0; channel < exposures.length; channel++) {
            offers.add(offered(channel, pace.of(channel, horizon, at)));
        }
        long[] granted = new long[exposures.length];
        for (Escrow.Permit permit : Escrow.decide(Map.of(KEY, books.left()), offers, Escrow.USUAL_WORTHWHILE)) {
            int channel = channel(permit.offer());
            granted[channel] = ++sequence;
            exposures[channel] = exposures[channel].published(sequence, permit.quantity());
        }
        List<Publication> news = new ArrayList<>();
        for (int channel = 0; channel < told.length; channel++) {
            Publication last = told[channel];
            int level = exposures[channel].level();
            long sold = books.soldThrough(channel);
            long cancelled = books.cancelledOf(channel);
            if (granted[channel] > 0) {
                told[channel] = new Publication(channel, granted[channel], granted[channel], level, sold, cancelled);
                news.add(told[channel]);
            } else if (last.quantity() != level || last.sold() != sold || last.cancelled() != cancelled) {
                // It follows booked sales, under the permit that it has.
                told[channel] = new Publication(channel, ++sequence, last.permit(), level, sold, cancelled);
                news.add(told[channel]);
            }
        }
        return news;
    }

    private Offered<StockKey> offered(int channel, Demand demand) {
        Exposure exposure = exposures[channel];
        Standing standing =
                exposure.isUnproven() ? exposure.isCleared() ? Standing.CLEARED : Standing.UNKNOWN : Standing.PROVEN;
        return new Offered<>(
                exposure.offer(),
                exposure.parts(),
                exposure.compares(),
                standing,
                exposure.units(),
                exposure.level(),
                demand,
                1,
                0,
                Integer.MAX_VALUE);
    }

    private static String name(int channel) {
        return Integer.toString(channel);
    }

    private static int channel(String name) {
        return Integer.parseInt(name);
    }
}
