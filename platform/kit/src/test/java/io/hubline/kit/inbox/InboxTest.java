package io.hubline.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class InboxTest {

    @Inject
    Inbox inbox;

    @Inject
    Effects effects;

    @Inject
    InboxPurge purge;

    private final UUID event = Ids.next();
    private final String key = event.toString();

    @Test
    void a_redelivered_event_takes_effect_once() {
        deliver();

        deliver();

        assertThat(effects.of(key)).containsExactly("done");
    }

    @Test
    void each_consumer_gets_the_event() {
        deliver();

        QuarkusTransaction.requiringNew().run(() -> inbox.once("other", event, () -> effects.add(key, "too")));

        assertThat(effects.of(key)).containsExactly("done", "too");
    }

    @Test
    void eight_copies_at_once_take_effect_once() throws Exception {
        CountDownLatch together = new CountDownLatch(8);

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> copies = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        together.countDown();
                        together.await();
                        deliver();
                        return null;
                    }))
                    .toList();
            for (Future<?> copy : copies) {
                copy.get();
            }
        }

        assertThat(effects.of(key)).containsExactly("done");
    }

    @Test
    void work_that_fails_leaves_no_row_so_that_the_redelivery_works() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew()
                        .run(() -> inbox.once("test", event, () -> {
                            effects.add(key, "undone");
                            throw new IllegalStateException("for the test");
                        })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(effects.texts("select consumer from inbox where event_id = ?", event))
                .isEmpty();

        deliver();

        assertThat(effects.of(key)).containsExactly("done");
    }

    @Test
    void of_a_batch_only_the_unseen_are_answered() {
        UUID unseen = Ids.next();
        deliver();

        Set<UUID> first =
                QuarkusTransaction.requiringNew().call(() -> inbox.firstSeen("test", List.of(event, unseen, unseen)));

        assertThat(first).containsExactly(unseen);
    }

    @Test
    void an_event_that_had_no_effect_after_all_may_come_again() {
        UUID failed = Ids.next();
        UUID done = Ids.next();

        QuarkusTransaction.requiringNew().run(() -> {
            inbox.firstSeen("test", List.of(failed, done));
            inbox.forget("test", List.of(failed));
        });

        Set<UUID> first = QuarkusTransaction.requiringNew().call(() -> inbox.firstSeen("test", List.of(failed, done)));
        assertThat(first).containsExactly(failed);
    }

    @Test
    void the_cause_is_known_during_the_work_and_not_after() {
        QuarkusTransaction.requiringNew()
                .run(() -> inbox.once(
                        "test", event, () -> assertThat(Cause.current()).contains(new Cause("test", event))));

        assertThat(Cause.current()).isEmpty();
    }

    @Test
    void the_nightly_purge_forgets_old_events_except_open_dead_letters() {
        UUID open = Ids.next();
        UUID young = Ids.next();
        effects.execute(
                "insert into inbox values ('t', ?, now() - interval '16 days'), ('t', ?, now() - interval '16 days'), "
                        + "('t', ?, now() - interval '14 days')",
                event,
                open,
                young);
        effects.execute("""
                insert into dead_letter (id, topic, source_topic, partition, "offset", broker_time, event_id, headers,
                  reason, recorded_at)
                values (?, 't', 't', 0, 0, now(), ?, '{}', 'why', now())
                """, open, open);

        purge.purge();

        assertThat(effects.texts("select event_id from inbox where event_id in (?, ?, ?)", event, open, young))
                .containsExactlyInAnyOrder(open.toString(), young.toString());
        effects.execute("delete from dead_letter where id = ?", open);
    }

    private void deliver() {
        QuarkusTransaction.requiringNew().run(() -> inbox.once("test", event, () -> effects.add(key, "done")));
    }
}
