package io.hubline.catalog.offer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Sound;
import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Unsound;
import io.hubline.catalog.offer.domain.OfferForm.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferFormTest {

    @Test
    void what_is_left_out_is_active_and_without_variant() {
        OfferForm form =
                new OfferForm("shop-a", "shopify", "SHIRT RED/XL", null, null, null, "S1", null, null, null, null);

        assertThat(form.check())
                .isEqualTo(new Sound(new OfferDraft(
                        "shop-a",
                        "shopify",
                        "SHIRT RED/XL",
                        null,
                        null,
                        null,
                        "S1",
                        OfferStatus.ACTIVE,
                        false,
                        null,
                        null)));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        OfferForm form = new OfferForm("a b", "Shopify", " ", "", null, "place/", "-S", "maybe", null, null, null);

        assertThat(form.check())
                .isInstanceOfSatisfying(
                        Unsound.class,
                        unsound -> assertThat(unsound.violations())
                                .extracting(Violation::field)
                                .containsExactly(
                                        "account",
                                        "channel",
                                        "channelSku",
                                        "variantId",
                                        "channelLocation",
                                        "sku",
                                        "status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "-a",
                "a/b",
                "ä",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void a_sku_can_stand_in_an_address(String sku) {
        assertThat(violations(sku, "X")).containsExactly("sku");
    }

    @Test
    void a_channel_sku_is_taken_as_the_channel_wrote_it_up_to_255_characters() {
        assertThat(violations("S", "x".repeat(255))).isEmpty();
        assertThat(violations("S", "x".repeat(256))).containsExactly("channelSku");
        assertThat(violations("S", "tab\there")).containsExactly("channelSku");
    }

    private static List<String> violations(@Nullable String sku, @Nullable String channelSku) {
        return switch (new OfferForm("a", "shopify", channelSku, null, null, null, sku, null, null, null, null)
                .check()) {
            case Sound _ -> List.of();
            case Unsound(List<Violation> violations) ->
                violations.stream().map(Violation::field).toList();
        };
    }
}
