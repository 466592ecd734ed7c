package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.adapter.shopify.ShopifyWire.UserError;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Place;
import io.hubline.connector.spi.QuantityWrite;
import io.hubline.connector.spi.WriteAnswer.Applied;
import io.hubline.connector.spi.WriteAnswer.Fault;
import io.hubline.connector.spi.WriteAnswer.NotApplied;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteJudgementTest {

    private static final List<QuantityWrite> THREE = List.of(write("a"), write("b"), write("c"));

    @Test
    void without_errors_every_number_stands() {
        assertThat(ShopifyAdapter.judge(List.of(), THREE)).isEqualTo(new Done<>(new Applied()));
    }

    @Test
    void the_field_says_which_number_is_stale() {
        assertThat(ShopifyAdapter.judge(
                        List.of(
                                error("CHANGE_FROM_QUANTITY_STALE", "input", "quantities", "2", "changeFromQuantity"),
                                error("INVALID_INVENTORY_ITEM", "input", "quantities", "0", "inventoryItemId")),
                        THREE))
                .isEqualTo(new Done<>(new NotApplied(
                        Map.of(2, new Fault.Stale(), 0, new Fault.Rejected("INVALID_INVENTORY_ITEM", "no")))));
    }

    @Test
    void an_error_that_names_no_number_refuses_the_call() {
        assertThat(ShopifyAdapter.judge(List.of(error("INVALID_REASON", "input", "reason")), THREE))
                .isEqualTo(new Refused<>("INVALID_REASON", "no"));
        assertThat(ShopifyAdapter.judge(
                        List.of(error("INVALID_LOCATION", "input", "quantities", "7", "locationId")), THREE))
                .isEqualTo(new Refused<>("INVALID_LOCATION", "no"));
    }

    @Test
    void a_call_still_being_carried_out_is_unknown() {
        assertThat(ShopifyAdapter.judge(List.of(error("IDEMPOTENCY_CONCURRENT_REQUEST")), THREE))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_used_up_key_means_that_nothing_happened() {
        assertThat(ShopifyAdapter.judge(List.of(error("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")), THREE))
                .isEqualTo(new Done<>(new NotApplied(Map.of())));
    }

    private static QuantityWrite write(String item) {
        return new QuantityWrite(new Place(item, "here"), 1, 2, 3);
    }

    private static UserError error(String code, String... field) {
        return new UserError(code, List.of(field), "no");
    }
}
