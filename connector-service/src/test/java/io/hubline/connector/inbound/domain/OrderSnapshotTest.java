package io.hubline.connector.inbound.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.inbound.domain.OrderSnapshot.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderSnapshotTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final OrderSnapshot LAST = new OrderSnapshot(NOON, "mark", "hash", 10);

    @Test
    void a_first_look_is_announced() {
        assertThat(OrderSnapshot.judge(null, NOON, "hash", 1)).isEqualTo(Verdict.ANNOUNCE);
    }

    @Test
    void a_later_change_is_announced_even_when_the_fetch_began_before_the_last_was_saved() {
        assertThat(OrderSnapshot.judge(LAST, NOON.plusSeconds(1), "other", 9)).isEqualTo(Verdict.ANNOUNCE);
    }

    @Test
    void an_older_look_is_forgotten() {
        assertThat(OrderSnapshot.judge(LAST, NOON.minusSeconds(1), "other", 11)).isEqualTo(Verdict.STALE);
    }

    @Test
    void the_same_content_is_not_announced_again() {
        assertThat(OrderSnapshot.judge(LAST, NOON.plusSeconds(5), "hash", 11)).isEqualTo(Verdict.REMEMBER);
    }

    @Test
    void two_changes_stamped_alike_are_ordered_by_their_fetches() {
        assertThat(OrderSnapshot.judge(LAST, NOON, "other", 11)).isEqualTo(Verdict.ANNOUNCE);
    }

    @Test
    void two_looks_that_overlapped_decide_nothing() {
        assertThat(OrderSnapshot.judge(LAST, NOON, "other", 9)).isEqualTo(Verdict.LOOK_AGAIN);
    }
}
