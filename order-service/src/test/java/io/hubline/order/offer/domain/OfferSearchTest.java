package io.hubline.order.offer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.order.offer.domain.OfferSearch.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferSearchTest {

    private static final Offer SHIRT = offer("shirt", "7", null, "SHIRT");
    private static final Offer SHIRT_BERLIN = offer("shirt", "7", "11", "SHIRT");
    private static final Offer SHIRT_LYON = offer("shirt", "7", "12", "SHIRT");
    private static final Offer HAT = offer("hat", "8", null, "HAT");

    @Test
    void the_variant_wins_over_the_text() {
        assertThat(OfferSearch.find(new LineName("hat", "gid://shop/Variant/7", null), List.of(SHIRT, HAT)))
                .contains(new Match("SHIRT", "shirt@null"));
    }

    @Test
    void the_text_finds_what_the_variant_does_not() {
        assertThat(OfferSearch.find(new LineName("hat", "99", null), List.of(SHIRT, HAT)))
                .contains(new Match("HAT", "hat@null"));
    }

    @Test
    void the_place_decides_between_offers_of_one_thing() {
        assertThat(OfferSearch.find(
                        new LineName("shirt", "7", "gid://shop/Location/12"), List.of(SHIRT_BERLIN, SHIRT_LYON)))
                .contains(new Match("SHIRT", "shirt@12"));
    }

    @Test
    void without_a_place_the_sku_is_known_and_the_offer_is_not() {
        assertThat(OfferSearch.find(new LineName("shirt", "7", null), List.of(SHIRT_BERLIN, SHIRT_LYON)))
                .contains(new Match("SHIRT", null));
    }

    @Test
    void without_a_place_a_single_offer_is_meant() {
        assertThat(OfferSearch.find(new LineName("shirt", "7", null), List.of(SHIRT_BERLIN)))
                .contains(new Match("SHIRT", "shirt@11"));
    }

    @Test
    void a_sale_at_another_place_did_not_lower_the_offer_here() {
        assertThat(OfferSearch.find(new LineName("shirt", "7", "13"), List.of(SHIRT_BERLIN)))
                .contains(new Match("SHIRT", null));
    }

    @Test
    void offers_of_several_skus_are_no_answer() {
        assertThat(OfferSearch.find(
                        new LineName("shirt", null, null), List.of(SHIRT, offer("shirt", "9", null, "SHIRT-2"))))
                .isEmpty();
    }

    @Test
    void a_line_without_a_name_matches_nothing() {
        assertThat(OfferSearch.find(new LineName("", null, null), List.of(offer("", null, null, "X"))))
                .isEmpty();
    }

    private static Offer offer(String channelSku, @Nullable String variant, @Nullable String location, String sku) {
        return new Offer(channelSku + "@" + location, channelSku, variant, location, sku);
    }
}
