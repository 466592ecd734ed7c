package io.hubline.routing.rate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "rate")
@NullUnmarked
class RateRow {

    @Id
    String rateId;

    String locationId;
    String country;
    String region;
    String carrier;
    String service;
    long baseMinor;
    long perUnitMinor;
    String currency;
    int transitDays;

    Rate toRate() {
        return new Rate(
                rateId, locationId, country, region, carrier, service, baseMinor, perUnitMinor, currency, transitDays);
    }

    void take(Rate rate) {
        rateId = rate.rateId();
        locationId = rate.locationId();
        country = rate.country();
        region = rate.region();
        carrier = rate.carrier();
        service = rate.service();
        baseMinor = rate.baseMinor();
        perUnitMinor = rate.perUnitMinor();
        currency = rate.currency();
        transitDays = rate.transitDays();
    }
}
