package io.hubline.catalog.product.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GtinTest {

    @ParameterizedTest
    @ValueSource(strings = {"4006381333931", "96385074", "036000291452", "10614141000415"})
    void a_right_check_digit_is_sound(String gtin) {
        assertThat(Gtin.isSound(gtin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4006381333932", "96385075", "", "123456789", "40063813339x1", "4006381333931 ", "٤٠٠٦٣٨١٣٣٣٩٣١"
            })
    void anything_else_is_not(String gtin) {
        assertThat(Gtin.isSound(gtin)).isFalse();
    }
}
