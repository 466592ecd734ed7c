package io.hubline.kit.deadletter;

import io.hubline.kit.audit.Actor;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.deadletter.DeadLetter.Status;
import io.hubline.kit.outbox.Forwarding;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Settles dead letters. Each is settled once; a replay that fails again is a letter of its own.
@ApplicationScoped
class DeadLetterService {

    static final String REPLAY_OF = "hubline-replay-of";
    private static final String REASON_HEADERS = "dead-letter-";

    private final DeadLetters letters;
    private final Forwarding forwarding;
    private final Audit audit;
    private final Actor actor;
    private final InstantSource clock;

    DeadLetterService(DeadLetters letters, Forwarding forwarding, Audit audit, Actor actor, InstantSource clock) {
        this.letters = letters;
        this.forwarding = forwarding;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /// Sends an open letter to its consumer again, as it came; empty when there is no such letter.
    ///
    /// The event keeps its id, so that an effect it had already is not repeated.
    @Transactional
    Optional<Settlement> replay(UUID id) {
        return settle(id, Status.REPLAYED, Map.of()).map(settlement -> {
            if (settlement.done()) {
                DeadLetter letter = settlement.letter();
                Map<String, String> headers = new HashMap<>(letter.headers());
                headers.keySet().removeIf(name -> name.startsWith(REASON_HEADERS));
                headers.put(REPLAY_OF, letter.id().toString());
                forwarding.forward(
                        DeadLetterChannels.replayTopic(letter.topic()), letter.key(), letter.payload(), headers);
            }
            return settlement;
        });
    }

    /// Closes an open letter whose event need not take effect any more; empty when there is no such letter.
    @Transactional
    Optional<Settlement> dismiss(UUID id, String reason) {
        return settle(id, Status.DISMISSED, Map.of("reason", reason));
    }

    private Optional<Settlement> settle(UUID id, Status status, Map<String, String> why) {
        return letters.hold(id).map(letter -> {
            if (letter.status() != Status.OPEN) {
                return new Settlement(letter, false);
            }
            letters.settle(id, status, clock.instant(), actor.name());
            Map<String, String> after = new HashMap<>(why);
            after.put("status", status.name());
            audit.record(
                    status == Status.REPLAYED ? "dead-letter.replayed" : "dead-letter.dismissed",
                    "dead-letter",
                    id.toString(),
                    Map.of("status", Status.OPEN.name()),
                    after);
            return new Settlement(letters.hold(id).orElse(letter), true);
        });
    }

    /// @param done false when the letter had been settled before
    record Settlement(DeadLetter letter, boolean done) {}
}
