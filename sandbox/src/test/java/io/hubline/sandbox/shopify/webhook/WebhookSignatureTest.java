package io.hubline.sandbox.shopify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    @Test
    void a_known_body_and_secret_give_the_known_signature() {
        String body = "{\"id\":820982911946154508,\"name\":\"#9999\",\"updated_at\":\"2026-11-01T10:00:00-05:00\"}";

        String signature = WebhookSignature.of("hub-test-secret", body.getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("tQwmNo0RfBAxIGaDM8NgnQAX6AJQj92BLPOvmimNkTc=");
    }
}
