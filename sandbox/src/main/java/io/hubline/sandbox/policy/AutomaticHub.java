package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.ModeChoice;
import java.util.ArrayList;
import java.util.List;

/// Shared while there is much, divided from the moment when what is left is little against what may sell
/// unseen.
final class AutomaticHub implements Hub {

    private final Books books;
    private final Pace pace;
    private final Cell cell;
    private final List<Publication> told = new ArrayList<>();
    private Hub hub;
    private Mode mode = Mode.SHARED;
    private long newest;

    AutomaticHub(Books books, Pace pace, Cell cell, Hub shared) {
        this.books = books;
        this.pace = pace;
        this.cell = cell;
        this.hub = shared;
        for (int channel = 0; channel < Channel.ALL.size(); channel++) {
            told.add(new Publication(channel, 0, 0, 0, 0, 0));
        }
    }

    @Override
    public void sold(int channel, long at) {
        hub.sold(channel, at);
    }

    @Override
    public void cancelled(int channel, long at) {
        hub.cancelled(channel, at);
    }

    @Override
    public void settled(int channel, Settlement settlement, long at) {
        choose(at);
        hub.settled(channel, settlement, at);
    }

    @Override
    public List<Publication> publish(long at) {
        choose(at);
        List<Publication> news = hub.publish(at);
        for (Publication publication : news) {
            told.set(publication.channel(), publication);
            newest = Math.max(newest, publication.sequence());
        }
        return news;
    }

    /// Once divided it stays so: what would share it again is a delivery, and none comes here.
    private void choose(long at) {
        Demand unseen = pace.ofAll(Policy.unseen(cell), at);
        Mode chosen = ModeChoice.USUAL.choose(mode, Math.max(0, books.left()), Channel.ALL.size(), unseen, null);
        if (mode == Mode.SHARED && chosen == Mode.ESCROW) {
            mode = Mode.ESCROW;
            hub = new EscrowHub(books, pace, cell.lag(), told, newest);
        }
    }
}
