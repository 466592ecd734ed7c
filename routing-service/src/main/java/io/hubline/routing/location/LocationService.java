package io.hubline.routing.location;

import io.hubline.kit.audit.Audit;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be done with locations.
@ApplicationScoped
public class LocationService {

    private final Locations rows;
    private final Audit audit;

    LocationService(Locations rows, Audit audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /// Makes a location, or changes it. What is there already is left alone.
    @Transactional
    public void put(Location location) {
        // Writers wait here for one another, so a reader that saw a revision has seen every change up to it.
        rows.raiseRevision();
        @Nullable LocationRow row = rows.findById(location.locationId());
        if (row == null) {
            LocationRow created = new LocationRow();
            created.take(location);
            rows.persist(created);
            audit.record("location.created", "location", location.locationId(), Map.of(), audited(location));
            return;
        }
        Location before = row.toLocation();
        if (!before.equals(location)) {
            row.take(location);
            audit.record("location.changed", "location", location.locationId(), audited(before), audited(location));
        }
    }

    /// Every location, in the order of ids.
    @Transactional
    public List<Location> all() {
        return rows.list("order by locationId").stream()
                .map(LocationRow::toLocation)
                .toList();
    }

    /// Rises with every write.
    @Transactional
    public long revision() {
        return rows.revision();
    }

    private static Map<String, @Nullable Object> audited(Location location) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("name", location.name());
        kept.put("country", location.country());
        kept.put("region", location.region());
        kept.put("enabled", location.enabled());
        kept.put("cutOff", location.cutOff() == null ? null : location.cutOff().toString());
        return kept;
    }

    @ApplicationScoped
    static class Locations implements PanacheRepositoryBase<LocationRow, String> {

        void raiseRevision() {
            getEntityManager()
                    .createNativeQuery("update location_revision set revision = revision + 1")
                    .executeUpdate();
        }

        long revision() {
            return (Long) getEntityManager()
                    .createNativeQuery("select revision from location_revision", Long.class)
                    .getSingleResult();
        }
    }
}
