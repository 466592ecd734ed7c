package io.hubline.routing.location;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalTime;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "location")
@NullUnmarked
class LocationRow {

    @Id
    String locationId;

    String name;
    String country;
    String region;
    boolean enabled;
    LocalTime cutOff;

    Location toLocation() {
        return new Location(locationId, name, country, region, enabled, cutOff);
    }

    void take(Location location) {
        locationId = location.locationId();
        name = location.name();
        country = location.country();
        region = location.region();
        enabled = location.enabled();
        cutOff = location.cutOff();
    }
}
