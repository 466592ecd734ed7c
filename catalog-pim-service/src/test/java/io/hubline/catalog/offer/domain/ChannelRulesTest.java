package io.hubline.catalog.offer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.catalog.offer.domain.Content.Option;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRulesTest {

    @Test
    void what_every_channel_takes_has_nothing_in_its_way() {
        assertThat(obstacles("shopify", "here", "Shirt", 3)).isEmpty();
        assertThat(obstacles("amazon", null, "Shirt", 9)).isEmpty();
        assertThat(obstacles("elsewhere", null, "!".repeat(400), 9)).isEmpty();
    }

    @Test
    void shopify_counts_by_place_and_takes_three_options() {
        assertThat(obstacles("shopify", null, "T".repeat(256), 4))
                .containsExactly("channelLocation", "title", "options");
        assertThat(obstacles("shopify", "here", "T".repeat(255), 3)).isEmpty();
    }

    @Test
    void shopify_has_one_title_for_all_variants() {
        OfferDraft own =
                new OfferDraft("a", "shopify", "S", null, null, "here", "S", OfferStatus.ACTIVE, true, "Mine", null);

        assertThat(ChannelRules.obstacles(own, content("Mine", 1, 2)))
                .extracting(Obstacle::field)
                .containsExactly("title");
        assertThat(ChannelRules.obstacles(own, content("Mine", 1, 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "$", "?", "_", "{", "}", "^", "¬", "¦"})
    void amazon_has_signs_that_it_takes_in_no_title(String sign) {
        assertThat(obstacles("amazon", null, "Shirt" + sign, 1)).containsExactly("title");
    }

    @Test
    void amazon_takes_two_hundred_characters_and_no_place() {
        assertThat(obstacles("amazon", null, "T".repeat(200), 1)).isEmpty();
        assertThat(obstacles("amazon", "here", "T".repeat(201), 1)).containsExactly("channelLocation", "title");
    }

    private static List<String> obstacles(String channel, @Nullable String place, String title, int options) {
        OfferDraft terms =
                new OfferDraft("a", channel, "S", null, null, place, "S", OfferStatus.ACTIVE, true, null, null);
        Content content = content(title, options, 1);
        return ChannelRules.obstacles(terms, content).stream()
                .map(Obstacle::field)
                .toList();
    }

    private static Content content(String title, int options, int variants) {
        return new Content(
                "p",
                title,
                "",
                null,
                "SHIRT",
                null,
                null,
                List.of(),
                List.of(),
                Collections.nCopies(options, new Option("Size", "M")),
                Map.of(),
                variants);
    }
}
