package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.MARKETPLACE;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static io.hubline.sandbox.amazon.SellingPartner.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.SellingPartner.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingsTest {

    private static final String EVERYTHING = "&includedData=summaries,attributes,issues,offers,fulfillmentAvailability,"
            + "procurement,relationships,productTypes";
    private static final String NEW_LAMP = """
            {"productType": "LAMP", "requirements": "LISTING", "attributes": {
              "item_name": [{"value": "Floor lamp", "language_tag": "en_US", "marketplace_id": "ATVPDKIKX0DER"}],
              "brand": [{"value": "Acme", "marketplace_id": "ATVPDKIKX0DER"}],
              "condition_type": [{"value": "new_new"}],
              "externally_assigned_product_identifier": [{"type": "gtin", "value": "00012345600012"}],
              "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 4,
                "lead_time_to_ship_max_days": 2}],
              "purchasable_offer": [{"marketplace_id": "ATVPDKIKX0DER", "currency": "USD",
                "our_price": [{"schedule": [{"value_with_tax": 89.5}]}]}]}}
            """;

    private SellingPartner partner;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        partner = new SellingPartner();
        partner.control.offer(
                SELLER,
                List.of(
                        Selling.NewListing.merchant("LAMP", "Reading lamp", 1999, 10),
                        Selling.NewListing.merchant("A/B +1", "Slashed lamp", 1999, 3),
                        new Selling.NewListing("FBA-BULB", "Bulb", 500, 10, true, "LIGHT_BULB")));
    }

    @AfterEach
    void close() {
        partner.close();
    }

    private static String patch(String op, String attribute, String value) {
        return "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"%s\",\"path\":\"/attributes/%s\",\"value\":%s}]}"
                .formatted(op, attribute, value);
    }

    private static String quantity(String op, int quantity) {
        return patch(
                op,
                "fulfillment_availability",
                "[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":%d}]".formatted(quantity));
    }

    private Answer submit(String sku, String body) throws IOException, InterruptedException {
        return partner.call("PATCH", item(sku, ""), body);
    }

    private JsonNode listing(String sku) throws IOException, InterruptedException {
        Answer answer = partner.get(item(sku, EVERYTHING));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private void settle() {
        partner.clock.forward(Duration.ofSeconds(1));
    }

    @Test
    void a_number_is_accepted_first_and_shown_later() throws IOException, InterruptedException {
        Answer accepted = submit("LAMP", quantity("merge", 5));

        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.body().path("status").asText()).isEqualTo("ACCEPTED");
        assertThat(accepted.body().path("submissionId").asText()).isNotEmpty();
        assertThat(listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(10);
        settle();
        assertThat(listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(5);
        assertThat(partner.control.writes(SELLER)).singleElement().satisfies(write -> {
            assertThat(write.from()).isEqualTo(10);
            assertThat(write.to()).isEqualTo(5);
            assertThat(write.how()).isEqualTo("SUBMISSION");
        });
    }

    @Test
    void the_number_is_absolute_whatever_was_sold_meanwhile() throws IOException, InterruptedException {
        submit("LAMP", quantity("merge", 10));
        partner.control.place(SELLER, Selling.NewOrder.of("LAMP", 4));
        settle();

        assertThat(listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(10);
    }

    @Test
    void later_submissions_do_not_overtake_earlier_ones() throws IOException, InterruptedException {
        partner.control.faults(SELLER, new Selling.Faults(0, 0, 0, 0, 0, 5000, List.of()));
        submit("LAMP", quantity("merge", 7));
        partner.control.faults(SELLER, Selling.Faults.NONE);
        submit("LAMP", quantity("merge", 8));
        settle();
        int early = listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt();
        partner.clock.forward(Duration.ofSeconds(5));

        assertThat(early).isEqualTo(10);
        assertThat(listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(8);
        assertThat(partner.control.writes(SELLER)).extracting(Selling.Write::to).containsExactly(7, 8);
    }

    @Test
    void merge_keeps_what_replace_wipes() throws IOException, InterruptedException {
        partner.call("PUT", item("NEW", ""), NEW_LAMP);
        settle();
        submit("NEW", quantity("merge", 6));
        settle();
        JsonNode merged = listing("NEW").at("/attributes/fulfillment_availability/0");
        submit("NEW", quantity("replace", 6));
        settle();
        JsonNode replaced = listing("NEW").at("/attributes/fulfillment_availability/0");

        assertThat(merged.path("lead_time_to_ship_max_days").asInt()).isEqualTo(2);
        assertThat(merged.path("quantity").asInt()).isEqualTo(6);
        assertThat(replaced.has("lead_time_to_ship_max_days")).isFalse();
    }

    @Test
    void a_price_is_set() throws IOException, InterruptedException {
        submit(
                "LAMP",
                patch(
                        "replace",
                        "purchasable_offer",
                        "[{\"marketplace_id\":\"%s\",\"currency\":\"USD\",\"our_price\":[{\"schedule\":[{\"value_with_tax\":24.95}]}]}]"
                                .formatted(MARKETPLACE)));
        settle();

        assertThat(listing("LAMP").at("/offers/0/price/amount").asText()).isEqualTo("24.95");
        assertThat(partner.control.listings(SELLER).getFirst().priceMinor()).isEqualTo(2495);
    }

    @Test
    void a_listing_is_put_and_deleted() throws IOException, InterruptedException {
        Answer put = partner.call("PUT", item("NEW", "&includedData=issues,identifiers"), NEW_LAMP);
        assertThat(put.body().path("status").asText()).isEqualTo("ACCEPTED");
        assertThat(partner.get(item("NEW", "")).status()).isEqualTo(404);
        settle();
        JsonNode present = listing("NEW");
        Answer again = partner.call("PUT", item("NEW", "&includedData=identifiers"), NEW_LAMP);
        Answer deleted = partner.call("DELETE", item("NEW", ""), null);
        settle();

        assertThat(present.at("/summaries/0/status").toString()).contains("BUYABLE", "DISCOVERABLE");
        assertThat(present.at("/summaries/0/itemName").asText()).isEqualTo("Floor lamp");
        assertThat(present.at("/productTypes/0/productType").asText()).isEqualTo("LAMP");
        assertThat(present.at("/fulfillmentAvailability/0/quantity").asInt()).isEqualTo(4);
        assertThat(again.body().at("/identifiers/0/asin").asText())
                .isEqualTo(present.at("/summaries/0/asin").asText());
        assertThat(deleted.body().path("status").asText()).isEqualTo("ACCEPTED");
        assertThat(partner.get(item("NEW", "")).body().at("/errors/0/code").asText())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void a_preview_changes_nothing() throws IOException, InterruptedException {
        Answer valid = partner.call("PATCH", item("LAMP", "&mode=VALIDATION_PREVIEW"), quantity("merge", 1));
        Answer invalid = partner.call(
                "PUT", item("NEW", "&mode=VALIDATION_PREVIEW"), "{\"productType\":\"LAMP\",\"attributes\":{}}");
        settle();

        assertThat(valid.body().path("status").asText()).isEqualTo("VALID");
        assertThat(invalid.body().path("status").asText()).isEqualTo("INVALID");
        assertThat(invalid.body().path("issues"))
                .extracting(issue -> issue.path("attributeNames").path(0).asText())
                .contains("item_name", "brand", "purchasable_offer");
        assertThat(listing("LAMP").at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(10);
        assertThat(partner.get(item("NEW", "")).status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_becomes_an_issue_and_nothing_changes() throws IOException, InterruptedException {
        List<String> wrong = List.of(
                quantity("merge", -1),
                patch(
                        "merge",
                        "fulfillment_availability",
                        "[{\"fulfillment_channel_code\":\"AMAZON_NA\",\"quantity\":1}]"),
                patch("merge", "fulfillment_availability", "[{\"fulfillment_channel_code\":\"DEFAULT\",\"amount\":1}]"),
                patch(
                        "replace",
                        "purchasable_offer",
                        "[{\"currency\":\"EUR\",\"our_price\":[{\"schedule\":[{\"value_with_tax\":1}]}]}]"),
                patch(
                        "replace",
                        "purchasable_offer",
                        "[{\"currency\":\"USD\",\"our_price\":[{\"schedule\":[{\"value_with_tax\":1.999}]}]}]"),
                patch("replace", "item_name", "[{\"value\":\"Buy now!\"}]"),
                patch("replace", "item_name", "[{\"value\":\"%s\"}]".formatted("x".repeat(201))),
                patch("replace", "brand", "[{\"value\":\"Acme\",\"marketplace_id\":\"A1PA6795UKMFR9\"}]"),
                quantity("merge", 1).replace("PRODUCT", "SHOES"));
        partner.clock.forward(Duration.ofSeconds(10));
        for (String body : wrong) {
            partner.clock.forward(Duration.ofSeconds(1));
            Answer answer = submit("LAMP", body);
            assertThat(answer.status()).as(body).isEqualTo(200);
            assertThat(answer.body().path("status").asText()).as(body).isEqualTo("INVALID");
            assertThat(answer.body().path("issues")).as(body).isNotEmpty();
        }
        assertThat(submit("FBA-BULB", quantity("merge", 1).replace("PRODUCT", "LIGHT_BULB"))
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("INVALID");
        settle();
        assertThat(partner.control.writes(SELLER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"patches\":[]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"move\",\"path\":\"/attributes/brand\",\"value\":[{}]}]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/brand\",\"value\":[{}]}]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/brand/0\",\"value\":[{}]}]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/brand\"}]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/brand\",\"value\":{}}]}",
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/brand\",\"value\":[1]}]}",
                "{\"productType\":\"PRODUCT\",\"extra\":1,\"patches\":[{\"op\":\"delete\",\"path\":\"/attributes/brand\"}]}"
            })
    void a_malformed_patch_is_refused(String body) throws IOException, InterruptedException {
        assertThat(submit("LAMP", body).status()).isEqualTo(400);
    }

    @Test
    void addresses_are_strict() throws IOException, InterruptedException {
        String base = "/listings/2021-08-01/items/";
        assertThat(partner.get(base + "SOMEBODY/LAMP?marketplaceIds=" + MARKETPLACE)
                        .status())
                .isEqualTo(403);
        assertThat(partner.get(base + SellingPartner.SELLER_ID + "/LAMP").status())
                .isEqualTo(400);
        assertThat(partner.get(base + SellingPartner.SELLER_ID + "/LAMP?marketplaceIds=A1PA6795UKMFR9")
                        .status())
                .isEqualTo(400);
        assertThat(partner.get(item("LAMP", "&includedData=price")).status()).isEqualTo(400);
        assertThat(partner.get(item("LAMP", "&fields=all")).status()).isEqualTo(400);
        assertThat(partner.get(item("LAMP", "&issueLocale=english")).status()).isEqualTo(400);
        assertThat(submit("NOWHERE", quantity("merge", 1)).status()).isEqualTo(400);
        assertThat(partner.call("DELETE", item("NOWHERE", ""), null).status()).isEqualTo(400);
        assertThat(partner.call("POST", item("LAMP", ""), "{}").status()).isEqualTo(405);
        assertThat(partner.get(item("A%2FB%20%2B1", "")).body().path("sku").asText())
                .isEqualTo("A/B +1");
        assertThat(partner.get(item("LAMP", "")).body().has("offers")).isFalse();
    }

    @Test
    void what_the_vendor_stocks_shows_no_number_of_the_sellers() throws IOException, InterruptedException {
        assertThat(listing("FBA-BULB").at("/fulfillmentAvailability/0").toString())
                .isEqualTo("{\"fulfillmentChannelCode\":\"AMAZON_NA\"}");
    }
}
