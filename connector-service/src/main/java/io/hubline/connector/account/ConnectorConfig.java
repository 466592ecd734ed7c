package io.hubline.connector.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// `hubline.connector.*`.
@ConfigMapping(prefix = "hubline.connector")
public interface ConnectorConfig {

    /// The accounts, by the seller's word for each.
    Map<String, AccountConfig> accounts();

    /// Names this replica over restarts, so that it takes up at once what it was at when it was killed.
    @WithDefault("${HOSTNAME:local}:${quarkus.http.port:8080}")
    String replica();

    /// How long settled inbound messages are kept. Dead ones are kept until somebody settled them.
    @WithDefault("30d")
    Duration retention();

    /// One account.
    interface AccountConfig {

        /// The name of its adapter, such as `shopify`.
        String adapter();

        /// What the adapter needs to know; see the adapter's page.
        Map<String, String> settings();

        /// From the begin of one poll to the begin of the next. Without it every 30 s, or as often as the
        /// channel's rate limit lasts for. One that is set is kept to as long as the rate limit bears it:
        /// what a channel lets be saved up is there to be spent.
        Optional<Duration> pollInterval();

        /// How far a poll looks back behind what has been polled: the most that a channel may take to show
        /// a change.
        @WithDefault("1m")
        Duration pollOverlap();

        /// How often a poll looks back by [#deepPollOverlap], for changes that showed later than anybody
        /// expects.
        @WithDefault("1h")
        Duration deepPollInterval();

        @WithDefault("6h")
        Duration deepPollOverlap();

        /// How far back the very first poll of an account looks.
        @WithDefault("1d")
        Duration backfill();

        /// How often every number at the channel is read and compared.
        @WithDefault("10m")
        Duration reconcileInterval();

        /// How long sales that a complete poll has announced may take to be booked, before a number that
        /// still differs is taken for changed behind our back.
        @WithDefault("2m")
        Duration bookingAllowance();

        /// After how long a write of unknown outcome is given up and the channel's number read instead:
        /// longer than the channel could take to carry out a call it once received. So long, too, a number
        /// that the channel took and does not show counts as on its way.
        @WithDefault("10m")
        Duration applyAgeMax();
    }
}
