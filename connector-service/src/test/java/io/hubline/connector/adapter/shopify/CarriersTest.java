package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriersTest {

    @ParameterizedTest
    @CsvSource({
        "ups, UPS",
        "FEDEX, FedEx",
        "fed-ex, FedEx",
        "dhl, DHL Express",
        "royal_mail, Royal Mail",
        "Swiss Post, Swiss Post",
        "Jane's Couriers, Jane's Couriers",
    })
    void a_carrier_is_spelled_as_the_channel_spells_it(String given, String known) {
        assertThat(Carriers.name(given)).isEqualTo(known);
    }
}
