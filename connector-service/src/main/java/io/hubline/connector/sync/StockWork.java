package io.hubline.connector.sync;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.account.ConnectorConfig.AccountConfig;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.inbound.PollRequests;
import io.hubline.connector.inbound.domain.OrderSnapshots.SoldThrough;
import io.hubline.connector.inbound.domain.OrderSnapshots.Told;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.spi.WriteAnswer;
import io.hubline.connector.spi.WriteAnswer.Accepted;
import io.hubline.connector.spi.WriteAnswer.Applied;
import io.hubline.connector.spi.WriteAnswer.Fault;
import io.hubline.connector.spi.WriteAnswer.NotApplied;
import io.hubline.connector.sync.domain.DueReading;
import io.hubline.connector.sync.domain.DueReading.Booking;
import io.hubline.connector.sync.domain.DueReading.Verdict;
import io.hubline.connector.sync.domain.Settlements;
import io.hubline.connector.sync.domain.Settlements.Reading;
import io.hubline.connector.sync.domain.StockWrite;
import io.hubline.connector.sync.domain.StockWrite.Line;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.kit.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the channels show what they should.
///
/// A write is decided upon and stored in one transaction, made outside of any, and its outcome is recorded
/// in another. So at every moment in which the service may be killed it is known which calls may be on
/// their way; they are made again under their key before their targets are touched by anything else.
@Singleton
class StockWork implements AccountWork {

    static final String NAME = "stock";

    private static final Logger LOGGER = Logger.getLogger(StockWork.class);
    private static final int FIRST = 1;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration UNKNOWN_PAUSE_FIRST = Duration.ofMillis(500);
    private static final Duration UNKNOWN_PAUSE_MAX = Duration.ofSeconds(30);
    private static final Duration UNKNOWN_LOOK_AFTER = Duration.ofSeconds(2);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);
    private static final Duration BLAMELESS_PAUSE = Duration.ofMillis(200);
    private static final Duration READING_PAUSE = Duration.ofSeconds(30);
    private static final int SUSPECTS_SEEN = 100;

    private final Accounts accounts;
    private final SyncTargets targets;
    private final Settlements settlements;
    private final Settlement settlement;
    private final SyncAnnouncements announcements;
    private final BookedSales bookedSales;
    private final Transactions transactions;
    private final PollRequests polls;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final String replica;

    StockWork(
            Accounts accounts,
            SyncTargets targets,
            Settlements settlements,
            Settlement settlement,
            SyncAnnouncements announcements,
            BookedSales bookedSales,
            Transactions transactions,
            PollRequests polls,
            InstantSource clock,
            MeterRegistry metrics,
            ConnectorConfig config) {
        this.accounts = accounts;
        this.targets = targets;
        this.settlements = settlements;
        this.settlement = settlement;
        this.announcements = announcements;
        this.bookedSales = bookedSales;
        this.transactions = transactions;
        this.polls = polls;
        this.clock = clock;
        this.metrics = metrics;
        this.replica = config.replica();
    }

    void takeUpAgain(@Observes @Priority(FIRST) StartupEvent started) {
        int released = transactions.call(() -> targets.releaseWritesOf(replica, clock.instant()));
        if (released > 0) {
            LOGGER.infof("%d writes of the last run have an unknown outcome, and are made again", released);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean serves(Account account) {
        return accounts.port(account, StockPort.class).isPresent();
    }

    @Override
    public Duration step(Account account) {
        StockPort port = accounts.portOf(account, StockPort.class);
        Instant now = clock.instant();
        Optional<StockWrite> unknown =
                transactions.call(() -> targets.resume(account.id(), replica, now, now.plus(LEASE)));
        if (unknown.isPresent()) {
            return resume(account, port, unknown.get());
        }
        Optional<StockWrite> write = transactions.call(() ->
                targets.decideWrite(account.id(), replica, Ids.next(), now, now.plus(LEASE), port.writesAtOnce()));
        if (write.isPresent()) {
            Duration pause = send(account, port, write.get());
            if (pause.isPositive()) {
                return pause;
            }
        }
        boolean more = transactions.call(() -> settlement.follow(account));
        Optional<Duration> read = read(account, port, now);
        if (read.isPresent()) {
            return read.get();
        }
        return write.isPresent() || more ? Duration.ZERO : untilNext(account, now);
    }

    private Duration untilNext(Account account, Instant now) {
        return transactions
                .call(() -> targets.nextDue(account.id()))
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(IDLE) < 0)
                .map(wait -> wait.compareTo(Duration.ofMillis(20)) > 0 ? wait : Duration.ofMillis(20))
                .orElse(IDLE);
    }

    private Duration send(Account account, StockPort port, StockWrite write) {
        List<QuantityWrite> quantities = write.lines().stream()
                .map(line -> new QuantityWrite(
                        new Place(line.item(), line.location()), line.quantity(), line.expected(), line.sequence()))
                .toList();
        Instant begun = clock.instant();
        Outcome<WriteAnswer> outcome = port.setQuantities(account, write.id(), quantities);
        Instant now = clock.instant();
        metrics.timer("hubline_connector_stock_write", "account", account.id(), "outcome", word(outcome))
                .record(Duration.between(begun, now));
        switch (outcome) {
            case Done<WriteAnswer>(Applied _) -> {
                written(account, write, now, () -> {
                    if (port.comparesBeforeSetting()) {
                        targets.applied(write, now);
                    } else {
                        targets.taken(write, now, null, lateAt(account, now), false);
                    }
                    settlements.stand(write);
                });
                return Duration.ZERO;
            }
            case Done<WriteAnswer>(Accepted(Duration lookAfter)) -> {
                written(account, write, now, () -> {
                    targets.taken(write, now, now.plus(lookAfter), lateAt(account, now), false);
                    settlements.onTheirWay(write, applyAge(account));
                });
                return Duration.ZERO;
            }
            case Done<WriteAnswer>(NotApplied refusal) -> {
                notApplied(account, write, refusal, now);
                return Duration.ZERO;
            }
            case TryAgain<WriteAnswer>(Duration after, String why) -> {
                return undone(write, after, why, now);
            }
            case Refused<WriteAnswer>(String code, String why) -> {
                return undone(write, REFUSED_PAUSE, code + ": " + why, now);
            }
            case Unknown<WriteAnswer> _
            when isSentOnce(port, write) -> {
                mayHaveBeenTaken(account, write, now);
                return Duration.ZERO;
            }
            case Unknown<WriteAnswer>(String why) -> {
                transactions.run(() -> {
                    targets.unknown(write, now.plus(unknownPause(write.attempts())), why);
                    announcements.announce(account.id(), offers(write), now);
                });
                return Duration.ZERO;
            }
        }
    }

    /// A number that was granted out of a divided stock is set once by a channel that does not compare:
    /// each further time it could sell the units once more.
    private static boolean isSentOnce(StockPort port, StockWrite write) {
        return write.isGranted() && !port.comparesBeforeSetting();
    }

    /// Nobody knows whether the numbers got there, and they are not sent again: they are looked for until
    /// they are seen, or until they cannot be on their way any more and what was read goes. A newer permit
    /// need not wait for that.
    private void mayHaveBeenTaken(Account account, StockWrite write, Instant now) {
        transactions.run(() -> {
            targets.taken(write, now, now.plus(UNKNOWN_LOOK_AFTER), lateAt(account, now), true);
            settlements.onTheirWay(write, applyAge(account));
            announcements.announce(account.id(), offers(write), now);
        });
    }

    private Duration applyAge(Account account) {
        return accounts.configuration(account).applyAgeMax();
    }

    private void written(Account account, StockWrite write, Instant now, Runnable recorded) {
        transactions.run(() -> {
            recorded.run();
            announcements.announce(account.id(), offers(write), now);
        });
        metrics.counter("hubline_connector_quantities_written", "account", account.id())
                .increment(write.lines().size());
    }

    private Instant lateAt(Account account, Instant now) {
        return now.plus(applyAge(account));
    }

    private void notApplied(Account account, StockWrite write, NotApplied refusal, Instant now) {
        List<String> stale = new ArrayList<>();
        Map<String, String> rejected = new HashMap<>();
        refusal.faults().forEach((position, fault) -> {
            String offer = write.lines().get(position).offer();
            switch (fault) {
                case Fault.Stale() -> stale.add(offer);
                case Fault.Rejected(String code, String why) -> rejected.put(offer, code + ": " + why);
            }
        });
        // Who is blamed for nothing goes again at once; when nobody is blamed, a little later.
        Instant nextTryAt = refusal.faults().isEmpty() ? now.plus(BLAMELESS_PAUSE) : now;
        transactions.run(() -> targets.notApplied(write, stale, rejected, now, nextTryAt, null));
        metrics.counter("hubline_connector_quantities_stale", "account", account.id())
                .increment(stale.size());
        metrics.counter("hubline_connector_quantities_rejected", "account", account.id())
                .increment(rejected.size());
        if (!stale.isEmpty()) {
            // The sooner the sale behind it is found, the sooner the number is right.
            polls.soon(account.id());
        }
    }

    /// This call did not happen. If it was the first under its key, nothing did, and newer numbers may go
    /// instead; if not, an earlier one may still have happened, so the write stays outstanding.
    private Duration undone(StockWrite write, Duration after, String why, Instant now) {
        if (write.attempts() == 0) {
            transactions.run(() -> targets.notApplied(write, List.of(), Map.of(), now, now.plus(after), why));
        } else {
            transactions.run(() -> targets.unknown(write, now.plus(after), why));
        }
        return after;
    }

    /// Makes a call again whose outcome is not known. When that has gone on for longer than the channel
    /// could take to carry out a call it once received, what stands there is what stands there.
    private Duration resume(Account account, StockPort port, StockWrite write) {
        if (isSentOnce(port, write)) {
            mayHaveBeenTaken(account, write, clock.instant());
            return Duration.ZERO;
        }
        if (clock.instant().isBefore(lateAt(account, write.createdAt()))) {
            return send(account, port, write);
        }
        List<Place> places = write.lines().stream()
                .map(line -> new Place(line.item(), line.location()))
                .toList();
        Map<Place, OptionalLong> found = new HashMap<>();
        for (int from = 0; from < places.size(); from += port.readsAtOnce()) {
            List<Place> part = places.subList(from, Math.min(places.size(), from + port.readsAtOnce()));
            switch (port.readQuantities(account, part)) {
                case Done<Map<Place, OptionalLong>>(Map<Place, OptionalLong> read) -> found.putAll(read);
                case TryAgain<Map<Place, OptionalLong>>(Duration after, String why) -> {
                    return stillUnknown(write, after, why);
                }
                case Refused<Map<Place, OptionalLong>>(String code, String why) -> {
                    return stillUnknown(write, READING_PAUSE, code + ": " + why);
                }
                case Unknown<Map<Place, OptionalLong>>(String why) -> {
                    return stillUnknown(write, READING_PAUSE, why);
                }
            }
        }
        Map<String, Long> read = new HashMap<>();
        for (Line line : write.lines()) {
            found.getOrDefault(new Place(line.item(), line.location()), OptionalLong.empty())
                    .ifPresent(quantity -> read.put(line.offer(), quantity));
        }
        Instant now = clock.instant();
        transactions.run(() -> {
            targets.givenUp(write, read, now);
            settlements.onTheirWay(write, applyAge(account));
            announcements.announce(account.id(), offers(write), now);
        });
        return Duration.ZERO;
    }

    private Duration stillUnknown(StockWrite write, Duration after, String why) {
        transactions.run(() -> targets.unknown(write, clock.instant().plus(after), why));
        return after;
    }

    /// Reads what is due to be read: first what nothing can be written without, then what a channel took
    /// and is to show, then what is suspect, then, when there is nothing else to do, what has not been
    /// looked at for longest.
    ///
    /// @return how long to pause; empty when nothing was due
    private Optional<Duration> read(Account account, StockPort port, Instant now) {
        List<Judged> due = transactions.call(() -> withCancellations(dueReadings(account, port, now)));
        if (due.isEmpty()) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>(new LinkedHashSet<>(due.stream()
                .map(judged ->
                        new Place(judged.reading().item(), judged.reading().location()))
                .toList()));
        return Optional.of(
                switch (port.readQuantities(account, places)) {
                    case Done<Map<Place, OptionalLong>>(Map<Place, OptionalLong> read) -> {
                        transactions.run(() -> apply(account, due, read));
                        yield Duration.ZERO;
                    }
                    case TryAgain<Map<Place, OptionalLong>>(Duration after, String why) -> postponed(due, after, why);
                    case Refused<Map<Place, OptionalLong>>(String code, String why) ->
                        postponed(due, READING_PAUSE, code + ": " + why);
                    case Unknown<Map<Place, OptionalLong>>(String why) -> postponed(due, READING_PAUSE, why);
                });
    }

    private List<Judged> dueReadings(Account account, StockPort port, Instant now) {
        AccountConfig config = accounts.configuration(account);
        int limit = port.readsAtOnce();
        List<Judged> due = new ArrayList<>(targets.unread(account.id(), now, limit).stream()
                .map(Judged::open)
                .toList());
        if (due.size() < limit) {
            targets.unseen(account.id(), now, limit - due.size()).forEach(reading -> due.add(Judged.open(reading)));
        }
        Optional<Instant> announced = bookedSales.announcedThrough(account);
        if (announced.isPresent() && due.size() < limit) {
            // More than are read: whoever waits for a booking must not keep the others from their turn.
            targets.suspects(account.id(), announced.get(), Math.max(limit, SUSPECTS_SEEN)).stream()
                    .map(reading -> new Judged(reading, booking(account, reading, config, now), 0))
                    .filter(judged -> judged.booking() != Booking.OPEN)
                    .limit(limit - due.size())
                    .forEach(due::add);
        }
        if (due.size() < limit) {
            Set<String> chosen =
                    due.stream().map(judged -> judged.reading().offer()).collect(Collectors.toSet());
            targets.unsettled(account.id(), port.restocksCancelled(), now, limit).stream()
                    .filter(reading -> !chosen.contains(reading.offer()))
                    .limit(limit - due.size())
                    .forEach(reading -> due.add(Judged.open(reading)));
        }
        if (due.isEmpty()) {
            targets.lastReadBefore(account.id(), now.minus(config.reconcileInterval()), limit)
                    .forEach(reading -> due.add(Judged.open(reading)));
        }
        return due;
    }

    /// What is announced of cancelled sales before a reading may have been put back in the number read;
    /// what is announced later may not.
    private List<Judged> withCancellations(List<Judged> due) {
        List<Told> told = bookedSales.told(
                due.stream().map(judged -> soldThrough(judged.reading())).toList());
        List<Judged> whole = new ArrayList<>(due.size());
        for (int i = 0; i < due.size(); i++) {
            whole.add(new Judged(
                    due.get(i).reading(), due.get(i).booking(), told.get(i).cancelled()));
        }
        return whole;
    }

    private static SoldThrough soldThrough(DueReading reading) {
        return new SoldThrough(reading.account(), reading.channelSku(), reading.variantId(), reading.location());
    }

    /// Whether every sale up to the contradiction is booked: a complete poll has announced them all, and
    /// the booked units have come to what was announced. Where they never do, time decides.
    private Booking booking(Account account, DueReading reading, AccountConfig config, Instant now) {
        @Nullable Instant since = reading.suspectSince();
        if (since == null) {
            return Booking.OPEN;
        }
        long sold = bookedSales.unitsSold(soldThrough(reading));
        if (sold == reading.booked()) {
            return Booking.COMPLETE;
        }
        // Nobody can book what has not been announced.
        Instant overdue = since.plus(bookedSales.announcedWithin(account)).plus(config.bookingAllowance());
        return now.isBefore(overdue) ? Booking.OPEN : Booking.OVERDUE;
    }

    private void apply(Account account, List<Judged> due, Map<Place, OptionalLong> read) {
        Instant now = clock.instant();
        List<String> changed = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        targets.lock(due.stream().map(judged -> judged.reading().offer()).toList());
        for (Judged judged : due) {
            DueReading reading = judged.reading();
            OptionalLong quantity =
                    read.getOrDefault(new Place(reading.item(), reading.location()), OptionalLong.empty());
            Verdict verdict = reading.judge(quantity, judged.booking(), now);
            @Nullable Long number = quantity.isPresent() ? quantity.getAsLong() : null;
            if (targets.applyReading(reading, verdict, judged.booking(), number, now)) {
                changed.add(reading.offer());
                if (verdict == Verdict.NOT_STOCKED) {
                    settlements.forget(reading.offer());
                } else if (verdict != Verdict.UNSEEN && number != null) {
                    readings.add(judged.settling(verdict, number));
                }
                if (verdict == Verdict.DRIFTED) {
                    metrics.counter("hubline_connector_drifts", "account", account.id())
                            .increment();
                    LOGGER.warnf(
                            "Offer %s shows %d where %d is booked",
                            reading.offer(), number, reading.expected().orElse(0));
                }
            }
        }
        settlements.read(readings);
        announcements.announce(account.id(), changed, now);
    }

    private Duration postponed(List<Judged> due, Duration after, String why) {
        Instant until = clock.instant().plus(after);
        transactions.run(() -> targets.postpone(
                due.stream().map(judged -> judged.reading().offer()).toList(), until, why));
        return after;
    }

    private static Duration unknownPause(int attempts) {
        Duration pause = UNKNOWN_PAUSE_FIRST.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(UNKNOWN_PAUSE_MAX) > 0 ? UNKNOWN_PAUSE_MAX : pause;
    }

    private static String word(Outcome<WriteAnswer> outcome) {
        return switch (outcome) {
            case Done<WriteAnswer>(Applied _) -> "applied";
            case Done<WriteAnswer>(Accepted _) -> "accepted";
            case Done<WriteAnswer>(NotApplied _) -> "not-applied";
            case TryAgain<WriteAnswer> _ -> "try-again";
            case Refused<WriteAnswer> _ -> "refused";
            case Unknown<WriteAnswer> _ -> "unknown";
        };
    }

    private static List<String> offers(StockWrite write) {
        return write.lines().stream().map(Line::offer).toList();
    }

    /// @param booking whether a number that differs may be a sale that is not booked yet
    /// @param cancelled units of cancelled sales that were announced before the reading
    private record Judged(DueReading reading, Booking booking, long cancelled) {

        static Judged open(DueReading reading) {
            return new Judged(reading, Booking.OPEN, 0);
        }

        Reading settling(Verdict verdict, long number) {
            @Nullable Long sold = reading.sold();
            return new Reading(
                    reading.offer(),
                    number,
                    reading.begunAt(),
                    cancelled,
                    sold == null ? null : sold - reading.booked(),
                    verdict == Verdict.CONFIRMED || verdict == Verdict.SEEN || verdict == Verdict.TAKEN,
                    verdict == Verdict.DRIFTED ? reading.suspectSince() : null);
        }
    }
}
