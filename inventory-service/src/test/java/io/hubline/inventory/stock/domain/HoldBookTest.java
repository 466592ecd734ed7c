package io.hubline.inventory.stock.domain;

import static io.hubline.inventory.stock.domain.Demands.MORNING;
import static io.hubline.inventory.stock.domain.Demands.cancelled;
import static io.hubline.inventory.stock.domain.Demands.channelOrder;
import static io.hubline.inventory.stock.domain.Demands.hold;
import static io.hubline.inventory.stock.domain.Demands.line;
import static io.hubline.inventory.stock.domain.Demands.lost;
import static io.hubline.inventory.stock.domain.Demands.received;
import static io.hubline.inventory.stock.domain.Demands.wants;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.stock.domain.Hold.State;
import io.hubline.inventory.stock.domain.Outcome.Conflict;
import io.hubline.inventory.stock.domain.Outcome.Done;
import io.hubline.inventory.stock.domain.Outcome.Gone;
import io.hubline.inventory.stock.domain.Outcome.Granted;
import io.hubline.inventory.stock.domain.Outcome.Missing;
import io.hubline.inventory.stock.domain.Outcome.NoSuchHold;
import io.hubline.inventory.stock.domain.Outcome.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HoldBookTest {

    private static final String SHIRT = "SHIRT";
    private static final String MUG = "MUG";
    private static final Instant LATER = MORNING.plusSeconds(300);
    private static final Instant TOO_LATE = MORNING.plusSeconds(600);

    private final BooksInMemory books = new BooksInMemory();

    @Test
    void what_is_held_is_promised_to_nobody_else() {
        books.decide(received(SHIRT, "berlin", 3));

        Outcome outcome = ask(hold("H", Map.of(SHIRT, 2), MORNING));
        books.decide(wants("A", 1, line("1", SHIRT, 2)));

        assertThat(outcome).isInstanceOf(Granted.class);
        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(1, 1);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(3);
    }

    @Test
    void all_is_held_or_nothing() {
        books.decide(received(SHIRT, "berlin", 3), received(MUG, "berlin", 1));

        Outcome outcome = ask(hold("H", Map.of(SHIRT, 2, MUG, 2, "CAP", 1), MORNING));

        assertThat(outcome).isEqualTo(new Refused(List.of(new Missing("CAP", 1, 0), new Missing(MUG, 2, 1))));
        assertThat(books.pool(SHIRT).reserved()).isZero();
        assertThat(books.holds).isEmpty();
    }

    @Test
    void what_a_refused_hold_asked_for_may_be_asked_for_again_under_its_id() {
        ask(hold("H", Map.of(SHIRT, 1), MORNING));
        books.decide(received(SHIRT, "berlin", 1));

        assertThat(ask(hold("H", Map.of(SHIRT, 1), LATER))).isInstanceOf(Granted.class);
    }

    @Test
    void what_is_sold_and_waits_is_not_there_to_be_held() {
        books.bundles.put("KIT", new Bundle("KIT", new TreeMap<>(Map.of(SHIRT, 1, MUG, 1))));
        books.decide(received(SHIRT, "berlin", 1), wants("A", 1, line("1", "KIT", 1)));

        assertThat(ask(hold("H", Map.of(SHIRT, 1), MORNING))).isEqualTo(new Refused(List.of(new Missing(SHIRT, 1, 0))));
    }

    @Test
    void the_same_again_is_answered_the_same_and_takes_nothing_more() {
        books.decide(received(SHIRT, "berlin", 5));
        Outcome first = ask(hold("H", Map.of(SHIRT, 2), MORNING));

        Outcome second = ask(hold("H", Map.of(SHIRT, 2), LATER));

        assertThat(second).isEqualTo(first);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(2);
    }

    @Test
    void something_else_under_the_same_id_is_a_conflict() {
        books.decide(received(SHIRT, "berlin", 5));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));

        assertThat(ask(hold("H", Map.of(SHIRT, 3), MORNING))).isEqualTo(new Conflict());
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(2);
    }

    @Test
    void an_expired_hold_gives_its_units_to_whoever_waits() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        books.decide(wants("A", 1, line("1", SHIRT, 1)));

        assertThat(ask(new Request.Expired("H", LATER))).isEqualTo(new Done());
        assertThat(books.line("A", "1").held()).isZero();
        Decision decision = books.decide(new Request.Expired("H", TOO_LATE));

        assertThat(books.hold("H").state()).isEqualTo(State.EXPIRED);
        assertThat(books.line("A", "1").held()).isEqualTo(1);
        assertThat(decision.announcements()).singleElement().isInstanceOf(Announcement.Reserved.class);
        assertThat(books.pool(SHIRT).free()).isEqualTo(1);
        assertThat(ask(hold("H", Map.of(SHIRT, 2), TOO_LATE))).isEqualTo(new Gone(State.EXPIRED));
    }

    @Test
    void a_hold_lives_as_long_as_it_was_extended() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));

        Outcome extended = ask(new Request.Extended("H", LATER, TOO_LATE.plusSeconds(60)));
        ask(new Request.Extended("H", LATER, LATER.plusSeconds(1)));
        ask(new Request.Expired("H", TOO_LATE));

        assertThat(extended).isInstanceOf(Granted.class);
        assertThat(books.hold("H"))
                .extracting(Hold::state, Hold::expiresAt)
                .containsExactly(State.HELD, TOO_LATE.plusSeconds(60));
    }

    @Test
    void past_its_time_a_hold_cannot_be_extended_though_nobody_came_to_end_it() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));

        Outcome outcome = ask(new Request.Extended("H", TOO_LATE, TOO_LATE.plusSeconds(60)));

        assertThat(outcome).isEqualTo(new Gone(State.EXPIRED));
        assertThat(books.pool(SHIRT).free()).isEqualTo(2);
    }

    @Test
    void a_released_hold_gives_its_units_back_once() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));

        assertThat(ask(new Request.Released("H", LATER, false))).isEqualTo(new Done());
        assertThat(ask(new Request.Released("H", LATER, false))).isEqualTo(new Done());
        assertThat(ask(new Request.Extended("H", LATER, TOO_LATE))).isEqualTo(new Gone(State.RELEASED));
        assertThat(ask(new Request.Converted("H", channelOrder("A"), LATER))).isEqualTo(new Gone(State.RELEASED));
        assertThat(books.pool(SHIRT).reserved()).isZero();
    }

    @Test
    void a_paid_hold_waits_for_its_order_for_ever_and_only_a_person_releases_it() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        ask(new Request.Converted("H", channelOrder("A"), LATER));

        ask(new Request.Expired("H", TOO_LATE));

        assertThat(books.hold("H").state()).isEqualTo(State.CONVERTING);
        assertThat(ask(new Request.Released("H", TOO_LATE, false))).isEqualTo(new Gone(State.CONVERTING));
        assertThat(ask(new Request.Converted("H", channelOrder("B"), TOO_LATE))).isEqualTo(new Conflict());
        assertThat(ask(new Request.Released("H", TOO_LATE, true))).isEqualTo(new Done());
        assertThat(books.pool(SHIRT).free()).isEqualTo(2);
    }

    @Test
    void an_order_takes_what_was_held_for_it_and_the_rest_is_free() {
        books.decide(received(SHIRT, "berlin", 3), received(MUG, "berlin", 1));
        ask(hold("H", Map.of(SHIRT, 3, MUG, 1), MORNING));
        ask(new Request.Converted("H", channelOrder("A"), LATER));
        books.decide(wants("B", 1, line("1", SHIRT, 1)));

        Decision decision = books.decide(wants("A", 1, line("1", SHIRT, 1), line("2", SHIRT, 1)));

        assertThat(decision.oversells()).isEmpty();
        assertThat(books.line("A", "1").held()).isEqualTo(1);
        assertThat(books.line("A", "2").held()).isEqualTo(1);
        assertThat(books.line("B", "1").held()).isEqualTo(1);
        assertThat(books.hold("H").state()).isEqualTo(State.CONVERTED);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(3);
        assertThat(books.pool(MUG).free()).isEqualTo(1);
        assertThat(ask(hold("H", Map.of(SHIRT, 3, MUG, 1), LATER))).isInstanceOf(Granted.class);
    }

    @Test
    void an_order_that_was_here_first_gets_the_held_units_when_the_hold_names_it() {
        books.decide(received(SHIRT, "berlin", 3));
        ask(hold("H", Map.of(SHIRT, 3), MORNING));
        books.decide(wants("A", 1, line("1", SHIRT, 2)));

        Decision decision = books.decide(new Request.Converted("H", channelOrder("A"), LATER));

        assertThat(granted(decision).state()).isEqualTo(State.CONVERTED);
        assertThat(decision.announcements()).singleElement().isInstanceOf(Announcement.Reserved.class);
        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::reserved, PoolPosition::backordered, PoolPosition::free)
                .containsExactly(2, 0, 1);
    }

    @Test
    void an_order_that_wants_more_than_was_held_waits_for_the_rest() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        ask(new Request.Converted("H", channelOrder("A"), LATER));

        Decision decision = books.decide(wants("A", 1, line("1", SHIRT, 3)));

        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(2, 1);
        assertThat(decision.oversells())
                .singleElement()
                .extracting(Decision.Oversell::units)
                .isEqualTo(1);
    }

    @Test
    void an_order_whose_lines_are_not_known_yet_leaves_its_hold_alone() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        books.decide(wants("A", 1));

        Outcome outcome = ask(new Request.Converted("H", channelOrder("A"), LATER));
        books.decide(wants("B", 1, line("1", SHIRT, 1)));
        books.decide(wants("A", 2, line("1", SHIRT, 2)));

        assertThat(outcome).isEqualTo(new Granted(books.hold("H").in(State.CONVERTING)));
        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.hold("H").state()).isEqualTo(State.CONVERTED);
    }

    @Test
    void a_cancelled_order_sets_its_hold_free() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        ask(new Request.Converted("H", channelOrder("A"), LATER));

        books.decide(cancelled("A", 1));

        assertThat(books.pool(SHIRT).free()).isEqualTo(2);
        assertThat(books.hold("H").state()).isEqualTo(State.CONVERTED);
    }

    @Test
    void held_units_that_were_lost_are_handed_over_as_short_as_they_are() {
        books.decide(received(SHIRT, "berlin", 2));
        ask(hold("H", Map.of(SHIRT, 2), MORNING));
        books.decide(lost(SHIRT, "berlin", 1));
        ask(new Request.Converted("H", channelOrder("A"), LATER));

        books.decide(wants("A", 1, line("1", SHIRT, 2)));

        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.pool(SHIRT).shortBy()).isEqualTo(1);
    }

    @Test
    void a_bundle_is_held_in_its_parts_together_with_what_else_needs_them() {
        books.bundles.put("KIT", new Bundle("KIT", new TreeMap<>(Map.of(SHIRT, 2, MUG, 1))));
        books.decide(received(SHIRT, "berlin", 5), received(MUG, "berlin", 5));

        Outcome tooMany = ask(hold("H", Map.of("KIT", 2, SHIRT, 2), MORNING));
        Outcome enough = ask(hold("H", Map.of("KIT", 2, SHIRT, 1), MORNING));

        assertThat(tooMany).isEqualTo(new Refused(List.of(new Missing(SHIRT, 2, 1))));
        assertThat(enough).isInstanceOf(Granted.class);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(5);
        assertThat(books.pool(MUG).reserved()).isEqualTo(2);
    }

    @Test
    void an_order_of_a_bundle_takes_the_parts_that_were_held() {
        books.bundles.put("KIT", new Bundle("KIT", new TreeMap<>(Map.of(SHIRT, 2, MUG, 1))));
        books.decide(received(SHIRT, "berlin", 5), received(MUG, "berlin", 2));
        ask(hold("H", Map.of("KIT", 2, SHIRT, 1), MORNING));
        ask(new Request.Converted("H", channelOrder("A"), LATER));

        books.decide(wants("A", 1, line("1", "KIT", 2), line("2", SHIRT, 1)));

        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.line("A", "2").held()).isEqualTo(1);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::reserved, PoolPosition::free)
                .containsExactly(5, 0);
        assertThat(books.pool(MUG))
                .extracting(PoolPosition::reserved, PoolPosition::free)
                .containsExactly(2, 0);
    }

    @Test
    void nothing_can_be_asked_of_a_hold_that_never_was() {
        assertThat(ask(new Request.Extended("H", MORNING, LATER))).isEqualTo(new NoSuchHold());
        assertThat(ask(new Request.Released("H", MORNING, true))).isEqualTo(new NoSuchHold());
        assertThat(ask(new Request.Converted("H", channelOrder("A"), MORNING))).isEqualTo(new NoSuchHold());
    }

    private Outcome ask(Request request) {
        return books.decide(request).outcomes().getFirst();
    }

    private static Hold granted(Decision decision) {
        return ((Granted) decision.outcomes().getFirst()).hold();
    }
}
