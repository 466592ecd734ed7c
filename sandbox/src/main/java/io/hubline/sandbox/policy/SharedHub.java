package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;

/// Every channel shows what is left, less a buffer.
final class SharedHub implements Hub {

    private final Books books;
    private final Limits limits;
    private final Pace pace;
    private final LongToIntFunction computed;
    private final Publication[] told = new Publication[Channel.ALL.size()];
    private long sequence;

    /// @param limits with the fixed buffers
    /// @param computed the buffer that was computed, at a moment
    SharedHub(Books books, Limits limits, Pace pace, LongToIntFunction computed) {
        this.books = books;
        this.limits = limits;
        this.pace = pace;
        this.computed = computed;
        Arrays.setAll(told, channel -> new Publication(channel, 0, 0, -1, 0, 0));
    }

    @Override
    public void sold(int channel, long at) {
        books.sold(channel);
        pace.sold(channel, at);
    }

    @Override
    public void cancelled(int channel, long at) {
        books.cancelled(channel);
    }

    /// Nobody counts here what a channel may still sell.
    @Override
    public void settled(int channel, Settlement settlement, long at) {}

    @Override
    public List<Publication> publish(long at) {
        int quantity = Availability.shared(books.stock(0), limits, computed.applyAsInt(at))
                .quantity();
        List<Publication> news = new ArrayList<>();
        for (int channel = 0; channel < told.length; channel++) {
            Publication last = told[channel];
            long sold = books.soldThrough(channel);
            long cancelled = books.cancelledOf(channel);
            if (last.quantity() != quantity || last.sold() != sold || last.cancelled() != cancelled) {
                told[channel] = new Publication(channel, ++sequence, 0, quantity, sold, cancelled);
                news.add(told[channel]);
            }
        }
        return news;
    }
}
