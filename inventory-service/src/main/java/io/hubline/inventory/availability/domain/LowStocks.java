package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which SKUs fell to their threshold and have not recovered since.
public interface LowStocks {

    /// What can be promised of these SKUs in every pool, and whether it is noted as low.
    List<Level> of(Collection<String> skus);

    /// Notes these as low, with the thresholds that they fell to.
    ///
    /// @return those that were not noted before
    Set<Source> fell(Map<Source, Integer> thresholds, Instant now);

    /// Takes these notes away.
    ///
    /// @return those that were there
    Set<Source> rose(Collection<Source> keys);

    /// How many are noted.
    long count();

    /// What can be promised.
    ///
    /// @param low whether it is noted as low
    record Level(Source key, int promisable, boolean low) {}
}
