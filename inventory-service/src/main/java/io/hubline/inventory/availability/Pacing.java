package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Buffers;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Escrow;
import io.hubline.inventory.availability.domain.Lag;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Pace;
import io.hubline.inventory.availability.domain.Paces;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Publications;
import io.hubline.inventory.availability.domain.Velocity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Measures how fast offers sell and how long numbers take to their channels.
@ApplicationScoped
class Pacing {

    private static final Duration BUCKET = Duration.ofMinutes(1);
    // A number has to be written, polled for, and booked before it settles.
    private static final int LAGS_UNTIL_SETTLED = 2;

    private final Paces paces;
    private final Publications publications;
    private final Duration assumed;

    Pacing(
            Paces paces,
            Publications publications,
            @ConfigProperty(name = "hubline.inventory.push-lag.assumed", defaultValue = "60s") Duration assumed) {
        this.paces = paces;
        this.publications = publications;
        this.assumed = assumed;
    }

    /// Learns from the sales of these offers, which are locked.
    void learn(Collection<Offer> selling, Instant now) {
        if (selling.isEmpty()) {
            return;
        }
        Map<String, Pace> known =
                paces.of(selling.stream().map(Offer::sku).collect(Collectors.toSet())).values().stream()
                        .flatMap(List::stream)
                        .collect(Collectors.toMap(Pace::offer, Function.identity()));
        paces.save(selling.stream()
                .map(offer -> {
                    @Nullable Pace pace = known.get(offer.id());
                    return pace == null ? Pace.unknown(offer.id(), now, 0) : pace.at(now, offer.sold(), BUCKET);
                })
                .filter(pace -> !pace.equals(known.get(pace.offer())))
                .toList());
    }

    /// A number is known to stand at the channel: how long did it take?
    void measure(ChannelState before, ChannelState after) {
        ChannelState.@Nullable Written arrived = after.acknowledged();
        ChannelState.@Nullable Written last = before.acknowledged();
        if (arrived == null || (last != null && last.sequence() >= arrived.sequence())) {
            return;
        }
        List<Publication> published = publications.find(after.offer(), arrived.sequence());
        if (!published.isEmpty()) {
            Lag lag = paces.lags().getOrDefault(after.account(), Lag.unknown(after.account(), assumed));
            paces.save(lag.after(Duration.between(published.getFirst().at(), arrived.at())));
        }
    }

    /// What is known of these offers and of the others that sell the same.
    Paced of(Collection<Offer> offers, Instant now) {
        return offers.isEmpty()
                ? new Paced(offers, Map.of(), Map.of(), now)
                : new Paced(
                        offers,
                        paces.of(offers.stream().map(Offer::sku).collect(Collectors.toSet())),
                        paces.lags(),
                        now);
    }

    /// How fast some offers sell.
    final class Paced {

        private final Map<String, Velocity> velocities = new HashMap<>();
        private final Map<String, List<String>> siblings = new HashMap<>();
        private final Map<String, Lag> lags;

        private Paced(Collection<Offer> offers, Map<String, List<Pace>> known, Map<String, Lag> lags, Instant now) {
            this.lags = lags;
            Map<String, Long> sold = offers.stream().collect(Collectors.toMap(Offer::id, Offer::sold));
            known.forEach((sku, ofSku) -> {
                for (Pace pace : ofSku) {
                    long soldNow = sold.getOrDefault(pace.offer(), pace.soldThen());
                    velocities.put(pace.offer(), pace.at(now, soldNow, BUCKET).velocity());
                }
                siblings.put(sku, ofSku.stream().map(Pace::offer).toList());
            });
        }

        /// What sells through the offer until every other channel shows it.
        Demand duringLag(Offer offer) {
            return demand(offer.id(), lag(offer));
        }

        /// What is asked for at the offer until its number could be changed again, and no less than until
        /// one unit sells somewhere.
        Demand untilSettled(Offer offer) {
            Duration settling = lag(offer).multipliedBy(LAGS_UNTIL_SETTLED);
            // An offer of which nothing is learnt yet is taken for one that sells a unit in that time, so that it gets
            // its chance.
            Velocity velocity = velocities.getOrDefault(offer.id(), Velocity.UNKNOWN);
            return velocity.buckets() == 0
                    ? Demand.poisson(1)
                    : velocity.over(
                            Escrow.horizon(settling, together(offer, settling).mean()), BUCKET);
        }

        /// Units that make an oversell as improbable as the offer's limits ask for; zero where they ask for
        /// nothing.
        int safety(Offer offer) {
            double probability = offer.rule().limits().oversellProbability();
            if (probability == 0) {
                return 0;
            }
            return Buffers.against(together(offer, lag(offer)), probability);
        }

        private Demand together(Offer offer, Duration time) {
            return siblings.getOrDefault(offer.sku(), List.of()).stream()
                    .map(id -> demand(id, time))
                    .reduce(Demand.NONE, Demand::plus);
        }

        private Demand demand(String offer, Duration time) {
            return velocities.getOrDefault(offer, Velocity.UNKNOWN).over(time, BUCKET);
        }

        private Duration lag(Offer offer) {
            @Nullable Lag lag = lags.get(offer.account());
            return lag == null ? assumed : lag.usual();
        }
    }
}
