package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExposureTest {

    private static final StockKey SHIRT = StockKey.of("shirt");

    @Test
    void a_blind_channel_may_sell_what_it_showed_before_and_then_the_new_number() {
        Exposure exposure = blind().settled(0, 5, 100, 0L);

        Exposure published = exposure.published(1, 3).published(2, 2);

        assertThat(published.units()).isEqualTo(10);
    }

    @Test
    void a_channel_that_compares_may_sell_the_highest_of_its_numbers() {
        Exposure exposure = comparing().settled(0, 5, 100, 0L);

        assertThat(exposure.published(1, 3).units()).isEqualTo(5);
        assertThat(exposure.published(1, 3).published(2, 7).units()).isEqualTo(7);
    }

    @Test
    void a_booked_sale_lowers_it() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).published(1, 3);

        assertThat(exposure.sold(2).units()).isEqualTo(6);
    }

    @Test
    void it_never_falls_below_nothing_though_a_channel_sells_below_its_own_number() {
        Exposure exposure = blind().settled(0, 1, 100, 0L);

        assertThat(exposure.sold(3).units()).isZero();
    }

    @Test
    void sales_of_before_a_permit_are_not_taken_off_it() {
        Exposure exposure = comparing().settled(0, 5, 100, 0L).sold(4);

        assertThat(exposure.published(1, 3).units()).isEqualTo(3);
        assertThat(exposure.published(1, 3).level()).isEqualTo(3);
    }

    @Test
    void a_cancellation_raises_it_where_the_channel_restocks() {
        assertThat(blind().settled(0, 5, 100, 0L).cancelled(2).units()).isEqualTo(7);
        assertThat(exposure(false, false).settled(0, 5, 100, 0L).cancelled(2).units())
                .isEqualTo(5);
    }

    @Test
    void what_a_cancellation_put_back_survives_a_written_number_and_not_a_read_one() {
        Exposure exposure = blind().settled(0, 0, 100, 0L).published(1, 4).cancelled(2);

        assertThat(exposure.settled(1, 4, 100, null).units()).isEqualTo(6);
        assertThat(exposure.settled(1, 4, 100, 2L).units()).isEqualTo(4);
    }

    @Test
    void a_settled_number_takes_the_place_of_what_was_granted() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).published(1, 3).sold(6);

        Exposure settled = exposure.settled(1, 3, 105, null);

        assertThat(settled.permits()).isEmpty();
        assertThat(settled.units()).isEqualTo(2);
    }

    @Test
    void a_later_permit_stays_when_an_earlier_one_settles() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).published(1, 3).published(2, 4);

        assertThat(exposure.settled(1, 3, 100, null).units()).isEqualTo(7);
    }

    @Test
    void a_settlement_never_raises_it() {
        Exposure exposure = blind().settled(0, 0, 100, 0L).published(1, 3).sold(3);

        // Sales between the write and the end of the poll: the number that was written is the looser bound.
        Exposure settled = exposure.settled(1, 3, 103, null);

        assertThat(settled.units()).isZero();
    }

    @Test
    void an_old_settlement_changes_nothing() {
        Exposure exposure =
                blind().settled(0, 0, 100, 0L).published(1, 3).published(2, 4).sold(1);
        Exposure settled = exposure.settled(2, 4, 101, null);

        assertThat(settled.settled(1, 3, 101, null)).isEqualTo(settled);
        assertThat(settled.settled(2, 4, 100, null)).isEqualTo(settled);
        assertThat(settled.settled(2, 4, 101, null)).isEqualTo(settled);
    }

    @Test
    void an_unknown_number_can_be_shown_as_nothing_only() {
        Exposure unknown = blind();

        assertThat(unknown.isUnproven()).isTrue();
        assertThat(unknown.mostWithin(10)).isZero();
        assertThat(unknown.published(1, 0).units()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> unknown.published(1, 1));
    }

    @Test
    void the_first_settlement_proves_it() {
        Exposure proven = blind().published(1, 0).settled(1, 0, 100, null);

        assertThat(proven.isUnproven()).isFalse();
        assertThat(proven.units()).isZero();
        assertThat(proven.mostWithin(10)).isEqualTo(10);
    }

    @Test
    void a_first_number_that_does_not_fit_proves_nothing() {
        Exposure unknown = blind();

        assertThat(unknown.settledWithin(4, 0, 5, 100, 0L)).isEqualTo(unknown);
        assertThat(unknown.settledWithin(5, 0, 5, 100, 0L).units()).isEqualTo(5);
        assertThat(unknown.published(1, 0).settledWithin(0, 1, 0, 100, null).isUnproven())
                .isFalse();
    }

    /// A number and what was cancelled before it was read belong together, whichever of two readings comes
    /// first.
    @Test
    void readings_that_overtake_each_other_leave_the_same() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).cancelled(1);

        assertThat(exposure.settled(0, 6, 100, 1L).settled(0, 5, 100, 0L).units())
                .isEqualTo(6);
        assertThat(exposure.settled(0, 5, 100, 0L).settled(0, 6, 100, 1L).units())
                .isEqualTo(6);
    }

    /// The permit's number rises with what was put back meanwhile. One count of cancelled units for the
    /// whole offer would take these two units off the open permit as well, when a reading of the number
    /// before it settles.
    @Test
    void a_reading_takes_nothing_off_a_permit_that_is_still_open() {
        Exposure exposure = comparing().settled(0, 5, 100, 0L).published(1, 8).cancelled(2);

        Exposure settled = exposure.settled(0, 7, 100, 2L);

        assertThat(settled.level()).isEqualTo(10);
        assertThat(settled.units()).isEqualTo(10);
    }

    @Test
    void a_settlement_of_a_number_from_before_escrow_proves_nothing() {
        Exposure unknown = Exposure.unknown("offer", parts(), false, true, 100, 0, 8);

        assertThat(unknown.settled(7, 0, 100, 0L).isUnproven()).isTrue();
        assertThat(unknown.published(8, 0).settled(8, 0, 100, null).isUnproven())
                .isFalse();
    }

    @Test
    void cancellations_of_before_the_first_permit_are_not_counted() {
        Exposure unknown = comparing().cancelled(30).published(1, 0).cancelled(1);

        assertThat(unknown.settled(1, 0, 100, null).units()).isEqualTo(1);
        assertThat(unknown.settled(1, 0, 100, 29L).units()).isEqualTo(2);
    }

    /// The hub may have cancelled what the channel puts back after the write.
    @Test
    void the_first_number_of_a_blind_channel_proves_nothing_when_nobody_says_what_was_cancelled_before() {
        Exposure unknown = blind().cancelled(1).published(1, 0);

        assertThat(unknown.settled(1, 0, 100, null)).isEqualTo(unknown);
        assertThat(unknown.settled(1, 0, 100, 0L).units()).isEqualTo(1);
    }

    @Test
    void a_read_number_that_no_permit_explains_leaves_nothing_proved_until_a_later_permit_settles() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).published(1, 0);

        Exposure raised = exposure.settled(1, 50, 100, 0L);

        assertThat(raised.isUnproven()).isTrue();
        assertThat(raised.settled(1, 50, 100, 0L).isUnproven()).isTrue();
        assertThat(raised.published(2, 0).settled(2, 0, 100, null).units()).isZero();
    }

    @Test
    void a_read_number_with_restocked_units_is_explained() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).sold(5).cancelled(2);

        Exposure read = exposure.settled(0, 2, 105, 2L);

        assertThat(read.units()).isEqualTo(2);
    }

    @Test
    void restocked_units_are_not_in_the_number_of_an_open_permit_at_a_blind_channel() {
        assertThat(blind().settled(0, 5, 100, 0L).published(1, 3).cancelled(2).level())
                .isEqualTo(3);
        assertThat(comparing()
                        .settled(0, 5, 100, 0L)
                        .published(1, 3)
                        .cancelled(2)
                        .level())
                .isEqualTo(5);
    }

    @Test
    void a_bundle_takes_as_many_of_each_part_as_it_is_made_of() {
        StockKey socks = StockKey.of("socks");
        Exposure exposure = Exposure.unknown("set", new TreeMap<>(Map.of(SHIRT, 1, socks, 3)), false, true, 0, 0, 0)
                .settled(0, 4, 0, 0L);

        assertThat(exposure.unitsOf(socks)).isEqualTo(12);
        assertThat(exposure.unitsOf(SHIRT)).isEqualTo(4);
        assertThat(exposure.unitsOf(StockKey.of("hat"))).isZero();
    }

    @Test
    void what_may_be_published_depends_on_the_channels_ways() {
        assertThat(blind().settled(0, 5, 100, 0L).mostWithin(2)).isEqualTo(2);
        assertThat(comparing().settled(0, 5, 100, 0L).mostWithin(2)).isEqualTo(7);
        assertThat(blind().settled(0, 5, 100, 0L).mostWithin(-2)).isZero();
        assertThat(comparing().settled(0, 5, 100, 0L).mostWithin(-2)).isEqualTo(5);
    }

    @Test
    void nonsense_is_refused() {
        Exposure exposure = blind().settled(0, 5, 100, 0L).published(2, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> exposure.published(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> exposure.published(3, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> exposure.sold(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> exposure.cancelled(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exposure.unknown("offer", new TreeMap<>(), false, true, 0, 0, 0));
    }

    private static Exposure blind() {
        return exposure(false, true);
    }

    private static Exposure comparing() {
        return exposure(true, true);
    }

    private static Exposure exposure(boolean compares, boolean restocks) {
        return Exposure.unknown("offer", parts(), compares, restocks, 100, 0, 0);
    }

    private static SortedMap<StockKey, Integer> parts() {
        return new TreeMap<>(Map.of(SHIRT, 1));
    }
}
