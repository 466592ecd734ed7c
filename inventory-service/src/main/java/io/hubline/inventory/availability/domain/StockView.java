package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.Map;

/// What lies and is promised, as the caller's transaction sees it.
public interface StockView {

    /// What units of each SKU are made of, and how much of that there is. Every SKU has an entry.
    Map<String, Stock> of(Collection<String> skus);
}
