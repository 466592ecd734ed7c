package io.hubline.sandbox.amazon;

import static io.hubline.sandbox.amazon.SellingPartner.ORDERS;
import static io.hubline.sandbox.amazon.SellingPartner.SELLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The example order and the contract itself. What the other tests say to the simulator is held to the
/// contract when each of them ends; see `SellingPartner`.
class VendorContractTest {

    private static final String ALL = "?includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,"
            + "FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

    private AmazonContract contract;

    @BeforeEach
    void read() {
        Optional<AmazonContract> atHand = AmazonContract.atHand();
        Assumptions.assumeTrue(atHand.isPresent(), "the vendor's models are not at hand: set " + AmazonContract.SPECS);
        contract = atHand.get();
    }

    @Test
    void the_example_has_every_field_of_the_vendors_examples() throws IOException {
        JsonNode model =
                Answers.JSON.readTree(contract.model("orders_2026-01-01.json").toFile());
        Set<String> vendors = new TreeSet<>();
        for (JsonNode path : model.path("paths")) {
            JsonNode success = path.at("/get/responses/200");
            orders(success.at("/examples/application~1json"), vendors);
            for (JsonNode played : success.at("/x-amzn-api-sandbox/static")) {
                orders(played.path("response"), vendors);
            }
        }
        Set<String> ours = new TreeSet<>();
        fields(Answers.JSON.readTree(AmazonChannel.class.getResourceAsStream("order.json")), "", ours);

        assertThat(vendors).hasSizeGreaterThan(100);
        assertThat(ours).containsAll(vendors);
    }

    private static void orders(JsonNode answer, Set<String> into) {
        answer.path("orders").forEach(order -> fields(order, "", into));
        fields(answer.path("order"), "", into);
    }

    private static void fields(JsonNode node, String at, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> fields(field.getValue(), at + "." + field.getKey(), into));
        } else if (node.isArray()) {
            into.add(at + "[]");
            node.forEach(each -> fields(each, at + "[]", into));
        } else if (!node.isMissingNode()) {
            into.add(at);
        }
    }

    @Test
    void the_example_fits_the_model_as_it_is_served() throws IOException, InterruptedException {
        try (SellingPartner partner = new SellingPartner()) {
            Selling.Order put = partner.control.placeExample(SELLER);
            partner.get(ORDERS + "/" + put.id() + ALL);
            partner.get(ORDERS + ALL + "&createdAfter=2026-10-01T00:00:00Z");

            assertThat(contract.violations(partner.control.journal(SELLER))).isEmpty();
        }
    }

    @Test
    void a_breach_is_found_out() {
        String query = ORDERS + "?createdAfter=2026-10-01T00:00:00Z";

        assertThat(contract.violations(List.of(exchange(query + "&orderStatuses=SHIPPED", "{\"orders\":[]}"))))
                .singleElement()
                .asString()
                .contains("orderStatuses");
        assertThat(contract.violations(List.of(exchange(query + "&fulfilledBy=SELLER", "{\"orders\":[]}"))))
                .isNotEmpty();
        assertThat(contract.violations(List.of(exchange(query, "{\"orders\":[{\"orderId\":\"1\"}]}"))))
                .isNotEmpty();
        assertThat(contract.violations(List.of(exchange(query, "{\"orders\":[],\"payload\":1}"))))
                .isNotEmpty();
        assertThat(contract.violations(List.of(exchange(query + "&fulfilledBy=AMAZON,MERCHANT", "{\"orders\":[]}"))))
                .isEmpty();
    }

    private static Selling.Exchange exchange(String path, @Nullable String body) {
        return new Selling.Exchange(
                1, Instant.EPOCH, "searchOrders", "GET", path, null, null, 200, Map.of(), body, true);
    }
}
