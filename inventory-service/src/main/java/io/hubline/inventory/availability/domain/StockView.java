package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.Map;

/// What lies and is promised, as the caller's transaction sees it.
public interface StockView {

    /// What units of each source are made of, and how much of that there is. Every source has an entry.
    Map<Source, Stock> of(Collection<Source> sources);
}
