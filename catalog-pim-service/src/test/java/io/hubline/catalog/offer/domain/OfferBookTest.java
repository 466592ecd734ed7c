package io.hubline.catalog.offer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Conflict;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferBookTest {

    private final OfferBook book = new OfferBook(List.of());

    @Test
    void a_new_offer_is_named_after_account_sku_and_place() {
        SaveOutcome outcome = book.save(draft("SHIRT-RED", "v1", "gid://shopify/Location/7", "S1"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Created.class,
                        created -> assertThat(created.offer().id()).isEqualTo("shop-a:SHIRT-RED@7"));
    }

    @Test
    void the_same_offer_again_is_unchanged() {
        book.save(draft("SHIRT-RED", "v1", null, "S1"));

        assertThat(book.save(draft("SHIRT-RED", "v1", null, "S1"))).isInstanceOf(Unchanged.class);
    }

    @Test
    void pointing_an_offer_to_another_sku_changes_it() {
        book.save(draft("SHIRT-RED", "v1", null, "S1"));

        SaveOutcome outcome = book.save(draft("SHIRT-RED", "v1", null, "S2"));

        assertThat(outcome).isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.before().terms().sku()).isEqualTo("S1");
            assertThat(changed.offer().terms().sku()).isEqualTo("S2");
        });
    }

    @Test
    void a_variant_is_sold_by_one_offer_per_place() {
        book.save(draft("SHIRT-RED", "v1", "here", "S1"));

        assertThat(book.save(draft("SHIRT-2", "v1", "here", "S1")))
                .isEqualTo(new Refused(Conflict.VARIANT_TAKEN, "shop-a:SHIRT-RED@here"));
        assertThat(book.save(draft("SHIRT-2", "v1", "there", "S1"))).isInstanceOf(Created.class);
    }

    @Test
    void a_variant_that_is_given_up_is_free() {
        book.save(draft("SHIRT-RED", "v1", null, "S1"));
        book.save(draft("SHIRT-RED", "v2", null, "S1"));

        assertThat(book.save(draft("SHIRT-2", "v1", null, "S1"))).isInstanceOf(Created.class);
    }

    @Test
    void offers_without_a_variant_do_not_meet() {
        book.save(draft("SHIRT-RED", null, null, "S1"));

        assertThat(book.save(draft("SHIRT-2", null, null, "S1"))).isInstanceOf(Created.class);
    }

    @Test
    void two_places_that_end_alike_are_not_taken_for_one() {
        book.save(draft("SHIRT-RED", "v1", "gid://shopify/Location/7", "S1"));

        assertThat(book.save(draft("SHIRT-RED", "v2", "gid://other/Location/7", "S1")))
                .isEqualTo(new Refused(Conflict.ID_TAKEN, "shop-a:SHIRT-RED@7"));
    }

    private static OfferDraft draft(String channelSku, @Nullable String variant, @Nullable String place, String sku) {
        return new OfferDraft(
                "shop-a", "shopify", channelSku, variant, null, place, sku, OfferStatus.ACTIVE, false, null, null);
    }
}
