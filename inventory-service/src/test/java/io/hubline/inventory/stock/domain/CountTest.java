package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CountTest {

    private static final PositionKey SHIRTS = new PositionKey("SHIRT", "berlin");

    private final BooksInMemory books = new BooksInMemory();
    private int causes;

    @Test
    void what_left_since_the_count_is_not_counted_again() {
        move(10);
        move(-3);

        assertThat(count(9, new Moment.Movement(1))).isEqualTo(new Outcome.Done());

        assertThat(onHand()).isEqualTo(6);
        assertThat(books.movements.getLast().delta()).isEqualTo(-1);
    }

    @Test
    void what_came_since_the_count_stays() {
        move(10);
        move(4);

        count(10, new Moment.At(Instant.ofEpochSecond(1)));

        assertThat(onHand()).isEqualTo(14);
        assertThat(books.movements).hasSize(2);
    }

    @Test
    void a_count_of_nothing_before_the_first_movement_is_taken_at_its_word() {
        move(4);

        count(10, new Moment.Movement(0));

        assertThat(onHand()).isEqualTo(14);
    }

    @Test
    void a_count_without_a_moment_is_of_now() {
        move(10);
        move(-3);

        count(9, new Moment.Now());

        assertThat(onHand()).isEqualTo(9);
    }

    @Test
    void where_less_was_counted_than_left_since_nothing_lies_there_and_it_is_noted() {
        move(10);
        move(-9);

        Decision decision = books.decide(new Request.Counted(SHIRTS, 4, new Moment.Movement(1), "count " + causes++));

        assertThat(decision.outcomes()).containsExactly(new Outcome.CutAtZero(5));
        assertThat(onHand()).isZero();
        assertThat(decision.discrepancies()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Discrepancy.Kind.COUNTED_LESS_THAN_LEFT);
            assertThat(found.units()).isEqualTo(5);
        });
    }

    @Test
    void a_moment_that_the_ledger_does_not_know_is_answered_with_the_reason() {
        books.decide(new Request.Moved(new PositionKey("MUG", "berlin"), 1, Reason.RECEIPT, "mug"));
        move(10);

        assertThat(count(4, new Moment.Movement(2)))
                .isEqualTo(new Outcome.NotBooked("movement 2 is not there yet: the newest is 1"));
        assertThat(count(4, new Moment.At(Instant.ofEpochSecond(1)))).isInstanceOf(Outcome.NotBooked.class);
        assertThat(onHand()).isEqualTo(10);
    }

    @Test
    void no_position_holds_more_than_can_be_counted() {
        move(Integer.MAX_VALUE);
        move(-1);

        assertThat(count(Integer.MAX_VALUE, new Moment.Movement(2))).isEqualTo(new Outcome.Done());
        assertThat(count(100_000_000, new Moment.Movement(0))).isEqualTo(new Outcome.TooMany(SHIRTS));
        assertThat(books.decide(new Request.Moved(SHIRTS, Integer.MAX_VALUE, Reason.RECEIPT, "more"))
                        .outcomes())
                .containsExactly(new Outcome.TooMany(SHIRTS));
    }

    private void move(int delta) {
        books.decide(new Request.Moved(SHIRTS, delta, Reason.ADJUSTMENT, "move " + causes++));
    }

    private Outcome count(int onHand, Moment moment) {
        return books.decide(new Request.Counted(SHIRTS, onHand, moment, "count " + causes++))
                .outcomes()
                .getFirst();
    }

    private int onHand() {
        return books.position("SHIRT", "berlin").onHand();
    }
}
