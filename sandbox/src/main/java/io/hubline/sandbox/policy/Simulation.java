package io.hubline.sandbox.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// One run: buyers, channels, connector and hub, event after event in virtual time.
///
/// Channels behave as the real ones do. They lower their own number with each sale and tell of it a lag
/// later; a number written takes a lag to get there and its answer another; one write is in flight per
/// channel; a number is settled by a complete poll begun after its answer, and read back then. The
/// connector compares before it sets where the channel can, and writes again what it finds changed where it
/// cannot, unless a permit allows one write only.
final class Simulation {

    private final Cell cell;
    private final List<Buyers.Buyer> buyers;
    private final Hub hub;
    private final SplittableRandom chance;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final List<Place> places = new ArrayList<>();
    private final long pollEvery;
    private long now;
    private long numbered;
    private long kept;
    private long oversold;
    private long lost;
    private long pushes;

    /// @param seed of what differs from message to message; the buyers are drawn elsewhere
    Simulation(Cell cell, List<Buyers.Buyer> buyers, Hub hub, long seed) {
        this.cell = cell;
        this.buyers = List.copyOf(buyers);
        this.hub = hub;
        this.chance = new SplittableRandom(seed);
        this.pollEvery = Math.max(1_000, cell.lag().toMillis());
        for (int channel = 0; channel < Channel.ALL.size(); channel++) {
            places.add(new Place(channel));
        }
    }

    Tally run() {
        // Before the first buyer every number of 0 has settled and the first ones stand.
        for (int channel = 0; channel < places.size(); channel++) {
            hub.settled(channel, new Settlement(0, 0, 0, 0L), 0);
        }
        for (Publication first : hub.publish(0)) {
            places.get(first.channel()).start(first);
        }
        for (Buyers.Buyer buyer : buyers) {
            at(buyer.at(), () -> visit(buyer));
        }
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
        }
        return new Tally(cell.units(), kept, oversold, lost, Math.max(0, cell.units() - kept), pushes);
    }

    private void visit(Buyers.Buyer buyer) {
        Place place = places.get(buyer.channel());
        if (place.shown == 0) {
            lost += kept < cell.units() ? 1 : 0;
            return;
        }
        oversold += kept >= cell.units() ? 1 : 0;
        kept++;
        place.sell(buyer.regretAfter());
    }

    private void publish() {
        for (Publication publication : hub.publish(now)) {
            places.get(publication.channel()).want(publication);
        }
    }

    private void at(long moment, Runnable what) {
        events.add(new Event(moment, numbered++, what));
    }

    private void after(long millis, Runnable what) {
        at(now + millis, what);
    }

    /// A lag, half of it to one and a half.
    private long lag() {
        return Math.max(1, (long) (cell.lag().toMillis() * (0.5 + chance.nextDouble())));
    }

    private record Event(long at, long number, Runnable what) {}

    /// What the hub has been told of one sale.
    private enum Told {
        NOTHING,
        SALE,
        CANCELLATION
    }

    /// One unit sold.
    private static final class Sale {
        private final long at;
        private long cancelledAt = Long.MAX_VALUE;
        private Told told = Told.NOTHING;

        private Sale(long at) {
            this.at = at;
        }
    }

    /// A channel and what the connector keeps of it.
    private final class Place {
        private final int number;
        private final Channel channel;
        private final List<Sale> untold = new ArrayList<>();
        private int shown;
        private long sold;
        private long cancelled;
        private long bookedSold;
        private long bookedCancelled;
        private Publication wanted;
        private Publication acknowledged;
        private Base base;
        private long permitUsed;
        private boolean inFlight;
        private long refusedAt = -1;
        private long writes;
        private boolean pollDue;

        private Place(int number) {
            this.number = number;
            this.channel = Channel.ALL.get(number);
            this.wanted = new Publication(number, 0, 0, 0, 0, 0);
            this.acknowledged = wanted;
            this.base = new Base(0, 0);
        }

        private void start(Publication first) {
            wanted = first;
            acknowledged = first;
            shown = first.quantity();
            base = new Base(shown, 0);
            permitUsed = first.permit();
            pollAfterwards();
        }

        private void sell(long regretAfter) {
            Sale sale = new Sale(now);
            shown--;
            sold++;
            untold.add(sale);
            after(lag(), () -> hear(sale));
            if (regretAfter > 0) {
                after(regretAfter, () -> regret(sale));
            }
        }

        private void regret(Sale sale) {
            sale.cancelledAt = now;
            kept--;
            cancelled++;
            shown += channel.restocks() ? 1 : 0;
            if (sale.told == Told.SALE) {
                untold.add(sale);
            }
            after(lag(), () -> hear(sale));
        }

        private void hear(Sale sale) {
            tell(sale);
            publish();
        }

        private void tell(Sale sale) {
            if (sale.told == Told.NOTHING) {
                sale.told = Told.SALE;
                bookedSold++;
                hub.sold(number, now);
            }
            if (sale.cancelledAt <= now && sale.told == Told.SALE) {
                sale.told = Told.CANCELLATION;
                bookedCancelled++;
                hub.cancelled(number, now);
            }
            untold.remove(sale);
        }

        private void want(Publication publication) {
            wanted = publication;
            write();
        }

        /// Writes what is wanted, unless it stands there, is on its way, or may not be written again.
        private void write() {
            int expected = base.now(net(wanted.sold(), wanted.cancelled()));
            if (inFlight || isUsed(wanted.permit())) {
                return;
            }
            if (wanted.quantity() == expected) {
                if (wanted.permit() > permitUsed) {
                    permitUsed = wanted.permit();
                    pollAfterwards();
                }
                return;
            }
            if (refusedAt == facts(wanted)) {
                return;
            }
            inFlight = true;
            writes++;
            pushes++;
            Publication write = wanted;
            permitUsed = Math.max(permitUsed, write.permit());
            after(lag(), () -> apply(write, expected));
        }

        private void apply(Publication write, int expected) {
            boolean taken = !channel.compares() || shown == expected;
            if (taken) {
                shown = write.quantity();
            }
            after(lag(), () -> answered(write, taken));
        }

        private void answered(Publication write, boolean taken) {
            inFlight = false;
            if (taken) {
                refusedAt = -1;
                acknowledged = write;
                base = new Base(write.quantity(), net(write.sold(), write.cancelled()));
                pollAfterwards();
            } else {
                // The same would be refused again until a sale is booked that explains it.
                refusedAt = facts(write);
                pollAfterwards();
            }
            write();
        }

        private void pollAfterwards() {
            if (!pollDue) {
                pollDue = true;
                at((now / pollEvery + 1) * pollEvery, this::poll);
            }
        }

        private void poll() {
            pollDue = false;
            long writesBefore = writes;
            boolean quiet = !inFlight;
            Publication answered = acknowledged;
            long through = quiet && isDone() ? wanted.sequence() : answered.sequence();
            long told = bookedCancelled;
            after(lag(), () -> {
                Reading reading = new Reading(now, shown, net(sold, cancelled));
                after(lag(), () -> polled(reading, quiet && writes == writesBefore, answered, through, told));
            });
        }

        /// Everything up to the reading is booked now.
        private void polled(Reading reading, boolean undisturbed, Publication answered, long through, long toldBefore) {
            for (Sale sale : List.copyOf(untold)) {
                if (sale.at <= reading.at()) {
                    tell(sale);
                }
            }
            if (undisturbed) {
                base = new Base(reading.shown(), reading.net());
                hub.settled(number, new Settlement(through, reading.shown(), bookedSold, toldBefore), now);
            } else {
                hub.settled(number, new Settlement(answered.sequence(), answered.quantity(), bookedSold, null), now);
            }
            publish();
            write();
        }

        /// Whether what is wanted stands there or may not be written any more.
        private boolean isDone() {
            return isUsed(wanted.permit()) || wanted.quantity() == base.now(net(wanted.sold(), wanted.cancelled()));
        }

        /// A channel that cannot compare is written to once per permit.
        private boolean isUsed(long permit) {
            return !channel.compares() && permit > 0 && permit <= permitUsed;
        }

        private static long facts(Publication publication) {
            return publication.sold() + publication.cancelled();
        }

        private long net(long soldUnits, long cancelledUnits) {
            return soldUnits - (channel.restocks() ? cancelledUnits : 0);
        }
    }

    /// A number that stood there, as of so many units sold.
    private record Base(int quantity, long net) {

        /// What stands there when so many are sold and nothing was written.
        int now(long netNow) {
            return (int) (quantity - (netNow - net));
        }
    }

    /// What was read of a channel.
    private record Reading(long at, int shown, long net) {}
}
