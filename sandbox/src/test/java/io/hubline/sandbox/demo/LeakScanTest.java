package io.hubline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakScanTest {

    private final LeakScan scan = new LeakScan(List.of("ada.lane@example.com", "Ada Lane", "12 Juniper Row", "Bo"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "(1,\"4111 1111 1111 1111\",x)",
                "{\"note\":\"5555-5555-5555-4444\"}",
                "378282246310005",
                "pay with 6011111111111117."
            })
    void a_card_number_is_found(String text) {
        assertThat(scan.leaksIn(text)).containsExactly("a card number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "gid://shopify/Order/4111111111111111",
                "1795428930123456",
                "019aaf3e-5d00-7000-8000-000000000001",
                "41111111111111110000000",
                "0.4111111111111111"
            })
    void what_only_looks_like_a_card_number_is_not(String text) {
        assertThat(scan.leaksIn(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to Ada Lane, please", "mail=ada.lane@example.com", "x12 Juniper Rowx"})
    void what_a_buyer_gave_is_found_wherever_it_stands(String text) {
        assertThat(scan.leaksIn(text)).containsExactly("personal data");
    }

    @Test
    void a_text_without_any_is_clean() {
        assertThat(scan.leaksIn("Ada Lan bought a Bo")).isEmpty();
    }
}
