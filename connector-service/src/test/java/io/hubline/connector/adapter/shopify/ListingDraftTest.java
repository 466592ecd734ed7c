package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.Product;
import io.hubline.connector.adapter.shopify.ShopifyWire.Product.SelectedOption;
import io.hubline.connector.adapter.shopify.ShopifyWire.Ref;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingAnswer.Accepted;
import io.hubline.connector.spi.ListingAnswer.Live;
import io.hubline.connector.spi.ListingAnswer.Rejected;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.ListingWrite.Variant;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingDraftTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_new_product_names_every_option_value_and_every_variant() {
        JsonNode input = input(draft(null, variant("S", "S"), variant("M", "M")), "hubline-p");

        assertThat(input.path("handle").asText()).isEqualTo("hubline-p");
        assertThat(input.at("/productOptions/0/name").asText()).isEqualTo("Size");
        assertThat(input.at("/productOptions/0/values").toString()).isEqualTo("[{\"name\":\"S\"},{\"name\":\"M\"}]");
        assertThat(input.at("/variants/0/sku").asText()).isEqualTo("S");
        assertThat(input.at("/variants/0/price").asText()).isEqualTo("19.99");
        assertThat(input.at("/variants/0/optionValues/0/optionName").asText()).isEqualTo("Size");
        assertThat(input.at("/variants/0/id").isMissingNode()).isTrue();
        assertThat(input.at("/files/0/filename").asText()).matches("[0-9a-f]{16}\\.jpg");
        assertThat(input.path("metafields").isMissingNode()).isTrue();
    }

    @Test
    void a_product_without_options_has_the_shops_own_one() {
        JsonNode input = input(draft(null, variant("S", null)), "hubline-p");

        assertThat(input.at("/productOptions/0/name").asText()).isEqualTo("Title");
        assertThat(input.at("/variants/0/optionValues/0/name").asText()).isEqualTo("Default Title");
    }

    @Test
    void variants_that_others_made_stay_as_they_are() {
        Product shown = product("ACTIVE", shown("v1", "S", "S"), shown("v2", "other", "XXL"));

        JsonNode input = input(draft(shown, variant("S", "S")), null);

        assertThat(input.path("handle").isMissingNode()).isTrue();
        assertThat(input.at("/variants/0/id").asText()).isEqualTo("v1");
        assertThat(input.at("/variants/1").toString())
                .contains("\"id\":\"v2\"", "XXL")
                .doesNotContain("sku", "price");
        assertThat(input.at("/productOptions/0/values").toString()).contains("XXL");
    }

    @Test
    void pictures_are_sent_when_the_shop_shows_others() {
        Product without = product("ACTIVE", shown("v1", "S", "S"));
        String filename = input(draft(without, variant("S", "S")), null)
                .at("/files/0/filename")
                .asText();
        Product with = new Product(
                "p",
                "Shirt",
                "ACTIVE",
                new Connection<>(
                        List.of(new Product.Media("m", new Product.Image("https://cdn.example/" + filename + "?v=1"))),
                        null),
                new Connection<>(List.of(shown("v1", "S", "S")), null));

        assertThat(filename).isNotEmpty();
        assertThat(input(draft(with, variant("S", "S")), null).path("files").isMissingNode())
                .isTrue();
    }

    @Test
    void what_the_shop_shows_decides_how_it_stands() {
        assertThat(draft(product("ACTIVE", shown("v1", "S", "S")), variant("S", "S"))
                        .standing())
                .containsExactly(Map.entry("offer-S", new Live(new ListingAnswer.Ids("p", "v1", "i-v1"))));
        assertThat(draft(product("DRAFT", shown("v1", "S", "S")), variant("S", "S"))
                        .standing()
                        .get("offer-S"))
                .isInstanceOf(Accepted.class);
        assertThat(draft(product("ACTIVE", shown("v1", "other", "S")), variant("S", "S"))
                        .standing())
                .isEmpty();
    }

    @Test
    void a_price_in_another_currency_and_options_that_do_not_tell_apart_are_rejected() {
        ListingDraft foreign = ListingDraft.of(new ListingWrite("p", List.of(variant("S", "S"))), null, "EUR");
        assertThat(code(foreign, "offer-S")).isEqualTo("CURRENCY");
        ListingDraft alike = draft(null, variant("S", "S"), variant("M", "S"));
        assertThat(code(alike, "offer-M")).isEqualTo("OPTIONS_ALIKE");
        ListingDraft differ = draft(null, variant("S", "S"), variant("M", null));
        assertThat(code(differ, "offer-S")).isEqualTo("OPTIONS_DIFFER");
        assertThat(differ.written()).isEmpty();
    }

    @Test
    void a_hidden_variant_of_a_shown_product_is_rejected_and_the_others_are_written() {
        Variant hidden = variant("M", "M");
        ListingDraft draft =
                draft(null, variant("S", "S"), new Variant("offer-M", hidden.address(), false, hidden.content()));

        assertThat(code(draft, "offer-M")).isEqualTo("VARIANT_STATUS");
        assertThat(draft.written()).extracting(Variant::offer).containsExactly("offer-S");
        assertThat(input(draft, "h").path("status").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void every_product_has_a_handle_of_its_own() {
        assertThat(ListingDraft.handle("shirt-1")).isEqualTo("hubline-shirt-1");
        assertThat(ListingDraft.handle("Shirt_1"))
                .startsWith("hubline-shirt-1-")
                .hasSize(32);
        assertThat(ListingDraft.handle("Shirt_1")).isNotEqualTo(ListingDraft.handle("shirt.1"));
    }

    private static String code(ListingDraft draft, String offer) {
        ListingAnswer answer = draft.rejected().get(offer);
        assertThat(answer).isInstanceOf(Rejected.class);
        return answer instanceof Rejected rejected
                ? rejected.issues().getFirst().code()
                : "";
    }

    private static JsonNode input(ListingDraft draft, @Nullable String handle) {
        return JSON.valueToTree(draft.input(handle));
    }

    private static ListingDraft draft(@Nullable Product shown, Variant... variants) {
        return ListingDraft.of(new ListingWrite("p", List.of(variants)), shown, "USD");
    }

    private static Variant variant(String sku, @Nullable String size) {
        return new Variant(
                "offer-" + sku,
                new OfferAddress(sku, null, null, "location"),
                true,
                new Content(
                        "p",
                        "Shirt",
                        "Soft",
                        null,
                        "SHIRT",
                        null,
                        new Money(1999, "USD"),
                        List.of(),
                        List.of("https://images.example/a.JPG"),
                        size == null ? List.of() : List.of(new Option("Size", size)),
                        Map.of()));
    }

    private static Product product(String status, Product.Variant... variants) {
        return new Product(
                "p", "Shirt", status, new Connection<>(List.of(), null), new Connection<>(List.of(variants), null));
    }

    private static Product.Variant shown(String id, String sku, String size) {
        return new Product.Variant(
                id, sku, null, "19.990", List.of(new SelectedOption("Size", size)), new Ref("i-" + id));
    }
}
