package io.hubline.connector.sync.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.sync.domain.DueReading.Base;
import io.hubline.connector.sync.domain.DueReading.Booking;
import io.hubline.connector.sync.domain.DueReading.Unseen;
import io.hubline.connector.sync.domain.DueReading.Verdict;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueReadingTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Instant LATE = NOON.plusSeconds(600);

    @Test
    void the_first_number_is_taken_for_what_it_is() {
        assertThat(reading(null, 0, null).judge(OptionalLong.of(7), Booking.OPEN, NOON))
                .isEqualTo(Verdict.TAKEN);
    }

    @Test
    void a_number_that_booked_sales_explain_is_confirmed() {
        assertThat(reading(new Base(10, 5), 8, null).judge(OptionalLong.of(7), Booking.OPEN, NOON))
                .isEqualTo(Verdict.CONFIRMED);
    }

    @Test
    void another_number_is_suspected_until_the_sales_are_booked() {
        DueReading suspect = reading(new Base(10, 5), 5, NOON);

        assertThat(suspect.judge(OptionalLong.of(9), Booking.OPEN, NOON)).isEqualTo(Verdict.SUSPECTED);
        assertThat(suspect.judge(OptionalLong.of(9), Booking.OVERDUE, NOON)).isEqualTo(Verdict.DRIFTED);
        assertThat(suspect.judge(OptionalLong.of(9), Booking.COMPLETE, NOON)).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void a_number_is_suspected_first_even_when_all_sales_seem_booked() {
        assertThat(reading(new Base(10, 5), 5, null).judge(OptionalLong.of(9), Booking.COMPLETE, NOON))
                .isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void an_item_that_is_not_counted_there_is_said_so() {
        assertThat(reading(new Base(10, 5), 5, NOON).judge(OptionalLong.empty(), Booking.COMPLETE, NOON))
                .isEqualTo(Verdict.NOT_STOCKED);
    }

    @Test
    void a_number_that_was_taken_and_is_not_there_yet_settles_nothing() {
        DueReading taken = taken(new Base(4, 5), 5, 4);

        assertThat(taken.judge(OptionalLong.of(9), Booking.COMPLETE, NOON)).isEqualTo(Verdict.UNSEEN);
        assertThat(taken.judge(OptionalLong.empty(), Booking.COMPLETE, NOON)).isEqualTo(Verdict.UNSEEN);
        assertThat(taken.judge(OptionalLong.of(9), Booking.COMPLETE, LATE)).isEqualTo(Verdict.SUSPECTED);
        assertThat(taken.judge(OptionalLong.empty(), Booking.COMPLETE, LATE)).isEqualTo(Verdict.NOT_STOCKED);
    }

    @Test
    void a_number_that_was_taken_is_seen_as_written_or_less_what_was_booked_since() {
        DueReading taken = taken(new Base(4, 5), 7, 4);

        assertThat(taken.judge(OptionalLong.of(4), Booking.OPEN, NOON)).isEqualTo(Verdict.SEEN);
        assertThat(taken.judge(OptionalLong.of(2), Booking.OPEN, NOON)).isEqualTo(Verdict.SEEN);
        assertThat(taken.judge(OptionalLong.of(3), Booking.OPEN, NOON)).isEqualTo(Verdict.UNSEEN);
    }

    @Test
    void what_stands_there_goes_once_a_number_of_unknown_outcome_is_no_longer_on_its_way() {
        DueReading unknown = reading(new Base(4, 5), 5, null, new Unseen(4, LATE, true));

        assertThat(unknown.judge(OptionalLong.of(9), Booking.OPEN, NOON)).isEqualTo(Verdict.UNSEEN);
        assertThat(unknown.judge(OptionalLong.of(4), Booking.OPEN, NOON)).isEqualTo(Verdict.SEEN);
        assertThat(unknown.judge(OptionalLong.of(9), Booking.OPEN, LATE)).isEqualTo(Verdict.TAKEN);
        assertThat(unknown.givesUp(Verdict.TAKEN)).isTrue();
        assertThat(unknown.givesUp(Verdict.SEEN)).isFalse();
    }

    private static DueReading taken(Base base, long booked, long quantity) {
        return reading(base, booked, null, new Unseen(quantity, LATE, false));
    }

    private static DueReading reading(@Nullable Base base, long booked, @Nullable Instant suspectSince) {
        return reading(base, booked, suspectSince, null);
    }

    private static DueReading reading(
            @Nullable Base base, long booked, @Nullable Instant suspectSince, @Nullable Unseen unseen) {
        return new DueReading(
                "shop:SKU", "shop", "item", "location", "SKU", null, 1, base, booked, null, NOON, suspectSince, unseen);
    }
}
