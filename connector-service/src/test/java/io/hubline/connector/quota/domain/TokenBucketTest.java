package io.hubline.connector.quota.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final TokenBucket bucket = new TokenBucket(START);

    @Test
    void a_new_bucket_is_empty() {
        assertThat(bucket.take(START, 100, 1000, 50)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void what_came_back_can_be_taken_once() {
        assertThat(bucket.take(START.plusSeconds(1), 100, 1000, 100)).isZero();

        assertThat(bucket.take(START.plusSeconds(1), 100, 1000, 1)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void no_more_is_saved_up_than_the_capacity() {
        assertThat(bucket.tokens(START.plusSeconds(3600), 100, 1000)).isEqualTo(1000);
    }

    @Test
    void a_call_dearer_than_the_capacity_takes_all_of_it_and_does_not_wait_for_ever() {
        assertThat(bucket.take(START.plusSeconds(60), 100, 1000, 5000)).isZero();
        assertThat(bucket.tokens(START.plusSeconds(60), 100, 1000)).isZero();
    }

    @Test
    void what_a_call_did_not_cost_comes_back() {
        bucket.take(START.plusSeconds(10), 100, 1000, 1000);

        bucket.settle(START.plusSeconds(10), 100, 1000, 900, 5000);

        assertThat(bucket.tokens(START.plusSeconds(10), 100, 1000)).isEqualTo(900);
    }

    @Test
    void the_channel_is_believed_when_it_says_that_less_is_left() {
        bucket.settle(START.plusSeconds(10), 100, 1000, 0, 30);

        assertThat(bucket.tokens(START.plusSeconds(10), 100, 1000)).isEqualTo(30);
    }

    @Test
    void a_clock_that_goes_back_gives_and_takes_nothing() {
        bucket.take(START.plusSeconds(1), 100, 1000, 100);

        assertThat(bucket.tokens(START, 100, 1000)).isZero();
    }
}
