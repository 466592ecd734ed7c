package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// How fast offers sell, and how long numbers take to their channels.
public interface Paces {

    /// What was learnt of the offers of these SKUs, by SKU. Those that never sold are left out.
    Map<String, List<Pace>> of(Collection<String> skus);

    /// Keeps what was learnt.
    void save(Collection<Pace> paces);

    /// What was measured of each account, by account.
    Map<String, Lag> lags();

    /// Keeps what was measured.
    void save(Lag lag);
}
