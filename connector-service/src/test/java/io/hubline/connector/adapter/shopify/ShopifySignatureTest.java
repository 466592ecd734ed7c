package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShopifySignatureTest {

    // Computed from the published rule, and not issued by the vendor.
    private static final String SECRET = "hub-test-secret";
    private static final byte[] BODY =
            "{\"id\":820982911946154508,\"name\":\"#9999\",\"updated_at\":\"2026-11-01T10:00:00-05:00\"}"
                    .getBytes(UTF_8);
    private static final String SIGNATURE = "tQwmNo0RfBAxIGaDM8NgnQAX6AJQj92BLPOvmimNkTc=";

    @Test
    void the_vector_holds() {
        assertThat(ShopifySignature.holds(BODY, SIGNATURE, List.of(SECRET))).isTrue();
    }

    @Test
    void every_valid_secret_is_good_while_one_is_being_replaced() {
        assertThat(ShopifySignature.holds(BODY, SIGNATURE, List.of("the next one", SECRET)))
                .isTrue();
    }

    @Test
    void one_changed_byte_breaks_it() {
        byte[] changed = BODY.clone();
        changed[10] = '9';

        assertThat(ShopifySignature.holds(changed, SIGNATURE, List.of(SECRET))).isFalse();
    }

    @Test
    void nothing_else_holds() {
        assertThat(ShopifySignature.holds(BODY, SIGNATURE, List.of("other"))).isFalse();
        assertThat(ShopifySignature.holds(BODY, SIGNATURE, List.of())).isFalse();
        assertThat(ShopifySignature.holds(BODY, null, List.of(SECRET))).isFalse();
        assertThat(ShopifySignature.holds(BODY, "not base64!", List.of(SECRET))).isFalse();
        assertThat(ShopifySignature.holds(BODY, "", List.of(SECRET))).isFalse();
    }
}
