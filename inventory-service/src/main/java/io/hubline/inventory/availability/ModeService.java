package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Modes;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a person decide how the units of a SKU are divided, and shows how they are.
@ApplicationScoped
public class ModeService {

    private final Modes modes;
    private final Offers offers;
    private final Audit audit;
    private final InstantSource clock;

    ModeService(Modes modes, Offers offers, Audit audit, InstantSource clock) {
        this.modes = modes;
        this.offers = offers;
        this.audit = audit;
        this.clock = clock;
    }

    /// Decides for a SKU in a pool. The sweep, which holds all that a bundle may tie to it, carries it out
    /// at once.
    ///
    /// @param manual null to let it be chosen by itself
    /// @return as it is until then
    @Transactional
    public Modes.Chosen decide(Source key, @Nullable Mode manual) {
        Modes.Chosen before = modes.of(Set.of(key)).getOrDefault(key, Modes.Chosen.none(key));
        Modes.Chosen after = before.decided(manual);
        modes.save(List.of(after));
        audit.record(
                "availability-mode.decided",
                "availability-mode",
                key.pool() + "/" + key.sku(),
                fields(before),
                fields(after));
        offers.due(Set.of(key.sku()), clock.instant());
        return after;
    }

    private static Map<String, Object> fields(Modes.Chosen chosen) {
        return Map.of("mode", chosen.mode(), "manual", chosen.manual() == null ? "AUTOMATIC" : chosen.manual());
    }

    /// What is divided, and what somebody decided.
    public List<Modes.Chosen> page(@Nullable Source after, int size) {
        return modes.page(after, size);
    }

    /// What channels can still sell although it cannot be promised any longer.
    public List<Modes.AtRisk> atRisk(@Nullable Source after, int size) {
        return modes.atRisk(after, size);
    }
}
