package io.hubline.sandbox.shopify.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.shopify.store.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CostBucketTest {

    private final SettableClock clock = new SettableClock();
    private final CostBucket bucket = new CostBucket(Plan.STANDARD, clock);

    @Test
    void it_starts_full_and_refuses_what_it_does_not_hold() {
        assertThat(bucket.take(2000)).isTrue();
        assertThat(bucket.take(1)).isFalse();
        assertThat(bucket.status()).isEqualTo(new CostBucket.Status(2000, 0, 100));
    }

    @Test
    void it_refills_at_the_plans_rate_and_never_beyond_its_size() {
        bucket.drain();

        clock.forward(Duration.ofMillis(2500));
        int after = bucket.status().currentlyAvailable();
        clock.forward(Duration.ofHours(1));

        assertThat(after).isEqualTo(250);
        assertThat(bucket.status().currentlyAvailable()).isEqualTo(2000);
    }

    @Test
    void a_refused_query_costs_nothing() {
        bucket.take(1900);

        bucket.take(500);

        assertThat(bucket.status().currentlyAvailable()).isEqualTo(100);
    }

    @Test
    void what_was_not_used_comes_back() {
        bucket.take(1000);

        bucket.giveBack(990);

        assertThat(bucket.status().currentlyAvailable()).isEqualTo(1990);
    }
}
