package io.hubline.connector.inbound.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardScrubberTest {

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, ************1111",
        "4111 1111 1111 1111, **** **** **** 1111",
        "5500-0000-0000-0004, ****-****-****-0004",
        "378282246310005, ***********0005",
        "6011111111111117, ************1117",
        "card 4242424242424242 exp 12/29, card ************4242 exp 12/29",
        "4111 1111 1111 1111 12 29, **** **** **** 1111 12 29",
    })
    void a_full_card_number_keeps_its_last_four_digits_only(String text, String scrubbed) {
        assertThat(CardScrubber.scrub(text)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "820982911946154508",
                "4111111111111112",
                "+1 415 555 0132 1234",
                "2026-11-23 10:00:00",
                "1Z999AA10123456784",
                "411111111111111111111111",
                "",
            })
    void what_is_no_card_number_stays(String text) {
        assertThat(CardScrubber.scrub(text)).isSameAs(text);
    }

    @Test
    void a_bare_json_number_stays_a_number() {
        byte[] raw = "{\"pan\": 4111111111111111, \"note\": \"it is 4111111111111111\"}".getBytes(UTF_8);

        byte[] scrubbed = CardScrubber.scrub(raw);

        assertThat(new String(scrubbed, UTF_8))
                .isEqualTo("{\"pan\": 4000000000000000, \"note\": \"it is ************1111\"}");
    }

    @Test
    void bytes_that_are_no_text_stay_as_they_are() {
        byte[] raw = {(byte) 0xff, 0, '4', '1', (byte) 0x80, '"'};

        assertThat(CardScrubber.scrub(raw)).isSameAs(raw);
    }

    @Test
    void letters_beyond_ascii_survive_beside_a_card_number() {
        byte[] raw = "\"Müller 4111111111111111 ✓\"".getBytes(UTF_8);

        assertThat(new String(CardScrubber.scrub(raw), UTF_8)).isEqualTo("\"Müller ************1111 ✓\"");
    }

    @Test
    void scrubbing_twice_is_scrubbing_once() {
        byte[] once = CardScrubber.scrub("{\"pan\":4111111111111111}".getBytes(UTF_8));

        assertThat(CardScrubber.scrub(once)).isSameAs(once);
    }
}
