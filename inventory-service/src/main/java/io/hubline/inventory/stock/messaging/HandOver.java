package io.hubline.inventory.stock.messaging;

import io.hubline.inventory.stock.Answer;
import io.hubline.inventory.stock.BusyException;
import io.hubline.inventory.stock.domain.Outcome;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hands records over without waiting for the one before to be answered, so that many can be decided
/// together.
///
/// Each is acknowledged when its own answer is there, in whatever order they come; the offset that is
/// committed is the one up to which all are. What cannot be applied becomes a dead letter, alone. So many
/// at most are under way; then the channel stands still, and its partitions are paused.
final class HandOver {

    private static final Logger LOGGER = Logger.getLogger(HandOver.class);
    private static final int UNDER_WAY_MAX = 500;

    private final Queue<CompletableFuture<Void>> gates = new ArrayDeque<>();
    private int underWay;

    /// Takes a record over. The next one of its channel comes when the answered stage is complete.
    ///
    /// @param apply asks for the effect of the record; empty when it has none
    CompletionStage<Void> take(
            Message<ConsumerRecord<String, String>> message,
            Function<ConsumerRecord<String, String>, Optional<CompletionStage<Answer>>> apply) {
        Optional<CompletionStage<Answer>> answer;
        try {
            answer = apply.apply(message.getPayload());
        } catch (RuntimeException e) {
            return message.nack(e);
        }
        if (answer.isEmpty()) {
            return message.ack();
        }
        CompletionStage<Void> gate = enter();
        answer.get().whenComplete((done, failure) -> {
            leave();
            settle(message, done, failure);
        });
        return gate;
    }

    private static void settle(
            Message<ConsumerRecord<String, String>> message, @Nullable Answer answer, @Nullable Throwable failure) {
        if (failure instanceof BusyException) {
            // The service ends. Unacknowledged as it is, the record comes again after the start.
            LOGGER.debug("A record was sent away and comes again", failure);
        } else if (failure != null) {
            message.nack(failure);
        } else if (answer == null || !answer.isDone()) {
            message.nack(why(answer));
        } else {
            message.ack();
        }
    }

    private static Throwable why(@Nullable Answer answer) {
        @Nullable Outcome outcome = answer == null ? null : answer.outcome();
        return switch (outcome) {
            case Outcome.Failed(RuntimeException why) -> why;
            case Outcome.UnknownSku(String sku) ->
                new IllegalArgumentException(
                        "stock never knew it: SKU %s. Check where the event has it from".formatted(sku));
            case Outcome.Conflict _ ->
                new IllegalArgumentException("something else was booked under one of these ids before");
            case null, default -> new IllegalStateException("it cannot be carried out: " + outcome);
        };
    }

    private synchronized CompletionStage<Void> enter() {
        underWay++;
        CompletableFuture<Void> gate = new CompletableFuture<>();
        if (underWay < UNDER_WAY_MAX) {
            gate.complete(null);
        } else {
            gates.add(gate);
        }
        return gate;
    }

    private void leave() {
        @Nullable CompletableFuture<Void> open;
        synchronized (this) {
            underWay--;
            open = gates.poll();
        }
        if (open != null) {
            open.complete(null);
        }
    }
}
