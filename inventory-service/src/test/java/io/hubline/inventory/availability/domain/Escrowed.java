package io.hubline.inventory.availability.domain;

import io.hubline.inventory.availability.domain.Escrow.Offered;
import io.hubline.inventory.availability.domain.Escrow.Standing;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.StockKey;

/// An exposure as the division sees it.
public final class Escrowed {

    private Escrowed() {}

    public static Offered<StockKey> offered(Exposure exposure, Demand demand, double weight, int minimum, int maximum) {
        return new Offered<>(
                exposure.offer(),
                exposure.parts(),
                exposure.compares(),
                exposure.isUnproven() ? exposure.isCleared() ? Standing.CLEARED : Standing.UNKNOWN : Standing.PROVEN,
                exposure.units(),
                exposure.level(),
                demand,
                weight,
                minimum,
                maximum);
    }
}
