package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the units of each SKU in each pool are divided.
public interface Modes {

    /// What is known of these. Those of which nothing was ever decided are left out: they are shared, by
    /// themselves.
    Map<Source, Chosen> of(Collection<Source> keys);

    /// Keeps what was chosen.
    void save(Collection<Chosen> chosen);

    /// Those that are divided, or for which somebody decided, by pool and SKU.
    ///
    /// @param after behind which to start; null for the first
    List<Chosen> page(@Nullable Source after, int size);

    /// Locks those of these pool positions that nobody else has locked, without waiting for any.
    ///
    /// @return those that are locked now, by this transaction
    Set<Source> tryHold(Collection<Source> keys);

    /// Notes by how much channels can still sell more than can be promised, in place of what was noted of
    /// these keys.
    void atRisk(Collection<Source> keys, Map<Source, Integer> deficits, Instant now);

    /// Those of these keys of which channels could still sell more than could be promised when they were
    /// looked at last.
    Set<Source> atRisk(Collection<Source> keys);

    /// Every deficit, by pool and SKU.
    List<AtRisk> atRisk(@Nullable Source after, int size);

    /// How many SKUs are divided, and how many units are at risk.
    Totals totals();

    /// The mode of a SKU in a pool.
    ///
    /// @param manual what a person decided; null where it is chosen by itself
    /// @param since when it came into this mode
    record Chosen(Source key, Mode mode, @Nullable Mode manual, Instant since) {

        /// Nothing was ever decided.
        public static Chosen none(Source key) {
            return new Chosen(key, Mode.SHARED, null, Instant.EPOCH);
        }

        /// In this mode from now on.
        public Chosen in(Mode other, Instant now) {
            return mode == other ? this : new Chosen(key, other, manual, now);
        }

        /// As a person wants it from now on.
        public Chosen decided(@Nullable Mode other) {
            return new Chosen(key, mode, other, since);
        }
    }

    /// Units that channels can still sell beyond what can be promised.
    record AtRisk(Source key, int units, Instant since) {}

    /// How escrow stands over all SKUs.
    ///
    /// @param divided SKUs, in each pool, that are divided
    /// @param unitsAtRisk units beyond what can be promised that channels can still sell
    /// @param unproven offers of which nothing is known that could be counted
    record Totals(long divided, long unitsAtRisk, long unproven) {}
}
