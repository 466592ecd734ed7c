package io.hubline.routing.rate;

import io.hubline.kit.audit.Audit;
import io.hubline.routing.rate.PutOutcome.OtherCurrency;
import io.hubline.routing.rate.PutOutcome.Stands;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be done with rates.
@ApplicationScoped
public class RateService {

    private final Rates rows;
    private final Audit audit;

    RateService(Rates rows, Audit audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /// Makes a rate, or changes it, unless the other rates are in another currency. What is there already
    /// is left alone.
    @Transactional
    public PutOutcome put(Rate rate) {
        // Writers wait here for one another: two first rates cannot settle on two currencies.
        rows.raiseRevision();
        @Nullable
        RateRow other = rows.find("currency <> ?1 and rateId <> ?2", rate.currency(), rate.rateId())
                .firstResult();
        if (other != null) {
            return new OtherCurrency(other.currency);
        }
        @Nullable RateRow row = rows.findById(rate.rateId());
        if (row == null) {
            RateRow created = new RateRow();
            created.take(rate);
            rows.persist(created);
            audit.record("rate.created", "rate", rate.rateId(), Map.of(), audited(rate));
        } else if (!row.toRate().equals(rate)) {
            Rate before = row.toRate();
            row.take(rate);
            audit.record("rate.changed", "rate", rate.rateId(), audited(before), audited(rate));
        }
        return new Stands(rate);
    }

    /// Takes a rate away; one that is not there is away already.
    @Transactional
    public void remove(String rateId) {
        rows.raiseRevision();
        @Nullable RateRow row = rows.findById(rateId);
        if (row != null) {
            rows.delete(row);
            audit.record("rate.removed", "rate", rateId, audited(row.toRate()), Map.of());
        }
    }

    /// Rates in the order of their ids.
    @Transactional
    public List<Rate> page(@Nullable String after, int limit) {
        return rows.find("rateId > ?1 order by rateId", after == null ? "" : after).page(0, limit).stream()
                .map(RateRow::toRate)
                .toList();
    }

    /// Every rate to a country, to its regions as well, in the order of ids.
    @Transactional
    public List<Rate> to(String country) {
        return rows.list("country = ?1 order by rateId", country).stream()
                .map(RateRow::toRate)
                .toList();
    }

    /// Rises with every write.
    @Transactional
    public long revision() {
        return rows.revision();
    }

    private static Map<String, @Nullable Object> audited(Rate rate) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("locationId", rate.locationId());
        kept.put("country", rate.country());
        kept.put("region", rate.region());
        kept.put("carrier", rate.carrier());
        kept.put("service", rate.service());
        kept.put("baseMinor", rate.baseMinor());
        kept.put("perUnitMinor", rate.perUnitMinor());
        kept.put("currency", rate.currency());
        kept.put("transitDays", rate.transitDays());
        return kept;
    }

    @ApplicationScoped
    static class Rates implements PanacheRepositoryBase<RateRow, String> {

        void raiseRevision() {
            getEntityManager()
                    .createNativeQuery("update rate_revision set revision = revision + 1")
                    .executeUpdate();
        }

        long revision() {
            return (Long) getEntityManager()
                    .createNativeQuery("select revision from rate_revision", Long.class)
                    .getSingleResult();
        }
    }
}
