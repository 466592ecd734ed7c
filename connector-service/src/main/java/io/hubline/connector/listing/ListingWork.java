package io.hubline.connector.listing;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.listing.domain.DuePage;
import io.hubline.connector.listing.domain.ListingTargets;
import io.hubline.connector.listing.domain.Standing;
import io.hubline.connector.listing.domain.Standing.Issue;
import io.hubline.connector.listing.domain.Standing.Word;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingPort;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.contracts.catalog.ListingState.Content;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the channels say what they should.
///
/// A page is claimed in one transaction, written outside of any, and given back in another. Writing it
/// twice changes nothing, so what was under way at a kill is simply written again.
@Singleton
class ListingWork implements AccountWork {

    static final String NAME = "listings";

    /// The code under which listings of an account are rejected whose channel the hub cannot write.
    static final String NO_LISTINGS = "HUB_CANNOT_LIST_HERE";

    private static final Logger LOGGER = Logger.getLogger(ListingWork.class);
    private static final int FIRST = 1;
    private static final int AT_ONCE = 4;
    // A channel may be between two states when it refuses; what it refuses three times it will go on refusing.
    private static final int REFUSALS_MAX = 3;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration CLAIM = Duration.ofMinutes(5);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final ListingTargets targets;
    private final ListingNews news;
    private final Transactions transactions;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final ObjectMapper json;
    private final String replica;

    ListingWork(
            Accounts accounts,
            ListingTargets targets,
            ListingNews news,
            Transactions transactions,
            InstantSource clock,
            MeterRegistry metrics,
            ObjectMapper json,
            ConnectorConfig config) {
        this.accounts = accounts;
        this.targets = targets;
        this.news = news;
        this.transactions = transactions;
        this.clock = clock;
        this.metrics = metrics;
        this.json = json;
        this.replica = config.replica();
    }

    void takeUpAgain(@Observes @Priority(FIRST) StartupEvent started) {
        Instant now = clock.instant();
        int released = transactions.call(() -> targets.releaseClaimsOf(replica, now));
        if (released > 0) {
            LOGGER.infof("%d products of the last run are written again", released);
        }
        // An adapter may have learnt to list since.
        for (Account account : accounts.all()) {
            if (accounts.port(account, ListingPort.class).isPresent()) {
                transactions.run(() -> targets.rewriteRejected(account.id(), NO_LISTINGS, now));
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /// Every account, for what cannot be listed is to be seen as well.
    @Override
    public boolean serves(Account account) {
        return true;
    }

    @Override
    public Duration step(Account account) throws InterruptedException {
        Instant now = clock.instant();
        List<DuePage> pages =
                transactions.call(() -> targets.claim(account.id(), replica, now, now.plus(CLAIM), AT_ONCE));
        if (pages.isEmpty()) {
            return transactions
                    .call(() -> targets.nextDue(account.id()))
                    .map(due -> Duration.between(now, due))
                    .filter(wait -> wait.compareTo(IDLE) < 0)
                    .map(wait -> wait.compareTo(Duration.ofMillis(50)) > 0 ? wait : Duration.ofMillis(50))
                    .orElse(IDLE);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Duration>> calls = pages.stream()
                    .<Callable<Duration>>map(page -> () -> work(account, page))
                    .toList();
            Duration longest = Duration.ZERO;
            for (Future<Duration> call : threads.invokeAll(calls)) {
                Duration pause = call.get();
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
            return longest;
        } catch (ExecutionException e) {
            // The page comes back when its claim runs out.
            throw new IllegalStateException("listing at the channel broke", e.getCause());
        }
    }

    private Duration work(Account account, DuePage page) {
        Optional<ListingPort> port = accounts.port(account, ListingPort.class);
        boolean writes = page.owesWrite();
        Outcome<Map<String, ListingAnswer>> outcome;
        if (port.isEmpty()) {
            outcome = new Done<>(rejected(
                    page, NO_LISTINGS, "the hub cannot write listings at this channel: look after it there by hand"));
        } else {
            ListingWrite write = write(page);
            outcome = writes ? port.get().put(account, write) : port.get().read(account, write);
        }
        metrics.counter(
                        "hubline_connector_listing_calls",
                        "account",
                        account.id(),
                        "call",
                        writes ? "put" : "read",
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                .increment();
        Instant now = clock.instant();
        switch (outcome) {
            case Done<Map<String, ListingAnswer>>(Map<String, ListingAnswer> answers) -> answered(page, answers, now);
            case TryAgain<Map<String, ListingAnswer>>(Duration after, String why) -> {
                // The channel is away or busy, which says nothing about the page: it waits as long as it takes.
                transactions.run(() -> targets.later(page, now.plus(longer(after, pause(page.attempts()))), why));
                return after;
            }
            case Unknown<Map<String, ListingAnswer>>(String why) ->
                transactions.run(() -> targets.later(page, now.plus(pause(page.attempts())), why));
            case Refused<Map<String, ListingAnswer>>(String code, String why) -> {
                if (page.attempts() >= REFUSALS_MAX) {
                    answered(page, rejected(page, code, why), now);
                } else {
                    transactions.run(() -> targets.later(page, now.plus(pause(page.attempts())), code + ": " + why));
                }
            }
        }
        return Duration.ZERO;
    }

    private void answered(DuePage page, Map<String, ListingAnswer> answers, Instant now) {
        if (answers.isEmpty()) {
            transactions.run(() ->
                    targets.later(page, now.plus(pause(page.attempts())), "the channel does not show the product yet"));
            return;
        }
        boolean writes = page.owesWrite();
        Map<String, Standing> standings = page.listings().stream()
                .filter(listing -> answers.containsKey(listing.offer()))
                .collect(toMap(
                        DuePage.Listing::offer,
                        listing -> standing(listing, writes, answers.get(listing.offer()), now)));
        Duration look = answers.values().stream()
                .map(answer -> answer instanceof ListingAnswer.Accepted accepted ? accepted.lookAfter() : Duration.ZERO)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // A look that did not show it comes later each time.
        Instant lookAgainAt = now.plus(writes ? look : longer(look, pause(page.attempts())));
        transactions.run(() -> {
            targets.answered(page, standings, now, lookAgainAt);
            if (standings.size() < page.listings().size()) {
                targets.later(page, now.plus(pause(page.attempts())), "the channel did not answer for every variant");
            }
            news.changed(page.account(), standings.keySet(), now);
        });
        standings
                .values()
                .forEach(standing -> metrics.counter(
                                "hubline_connector_listings",
                                "account",
                                page.account(),
                                "standing",
                                standing.word().toString())
                        .increment());
    }

    private static Standing standing(
            DuePage.Listing listing, boolean writes, @Nullable ListingAnswer answer, Instant now) {
        @Nullable Long before = listing.writtenSequence();
        long sequence = writes || before == null ? listing.sequence() : before;
        return switch (answer) {
            case ListingAnswer.Live(ListingAnswer.Ids ids) -> standing(sequence, Word.LIVE, ids, List.of(), now);
            case ListingAnswer.Accepted(ListingAnswer.Ids ids, Duration _) ->
                standing(sequence, Word.ACCEPTED, ids, List.of(), now);
            case ListingAnswer.Rejected(ListingAnswer.Ids ids, var issues) ->
                standing(
                        sequence,
                        Word.REJECTED,
                        ids,
                        issues.stream()
                                .map(issue -> new Issue(issue.code(), issue.message()))
                                .toList(),
                        now);
            case null -> throw new IllegalArgumentException("no answer for " + listing.offer());
        };
    }

    private static Standing standing(long sequence, Word word, ListingAnswer.Ids ids, List<Issue> issues, Instant now) {
        return new Standing(sequence, word, ids.productId(), ids.variantId(), ids.inventoryItemId(), issues, now);
    }

    private static Map<String, ListingAnswer> rejected(DuePage page, String code, String why) {
        return page.listings().stream()
                .collect(toMap(
                        DuePage.Listing::offer,
                        _ -> new ListingAnswer.Rejected(
                                ListingAnswer.Ids.UNKNOWN,
                                List.of(new io.hubline.contracts.connector.ChannelSyncState.Issue(code, why)))));
    }

    private ListingWrite write(DuePage page) {
        return new ListingWrite(
                page.productId(),
                page.listings().stream()
                        .map(listing -> new ListingWrite.Variant(
                                listing.offer(),
                                new OfferAddress(
                                        listing.channelSku(),
                                        listing.variantId(),
                                        listing.inventoryItem(),
                                        listing.channelLocation()),
                                listing.active(),
                                content(listing)))
                        .toList());
    }

    private Content content(DuePage.Listing listing) {
        try {
            return json.readValue(listing.content(), Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the content of " + listing.offer() + " cannot be read", e);
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
