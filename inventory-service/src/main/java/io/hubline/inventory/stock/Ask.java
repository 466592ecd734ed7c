package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.kit.audit.Actor;
import io.hubline.kit.inbox.Cause;
import io.hubline.kit.inbox.Origin;
import io.opentelemetry.context.Context;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What somebody asks of the books: all of it is carried out, or nothing.
///
/// @param steps in their order
/// @param onlyKnownSkus whether a SKU that stock never knew is a mistake of whoever asks
public record Ask(Source source, List<Step> steps, boolean onlyKnownSkus) {

    public Ask {
        steps = List.copyOf(steps);
    }

    /// Requests that need no note, because the books themselves know what was asked before.
    public static Ask of(Source source, Request... requests) {
        return new Ask(source, List.of(new Step(null, Arrays.asList(requests))), false);
    }

    /// Requests that the asker names by an id, so that asking again changes nothing.
    public static Ask noted(Source source, CommandNote note, List<Request> requests) {
        return new Ask(source, List.of(new Step(note, requests)), false);
    }

    /// The same for SKUs that stock must know.
    public Ask ofKnownSkus() {
        return new Ask(source, steps, true);
    }

    Stream<Request> requests() {
        return steps.stream().flatMap(step -> step.requests().stream());
    }

    Stream<CommandNote> notes() {
        return steps.stream().flatMap(step -> Stream.ofNullable(step.note()));
    }

    /// What it touches, as far as can be told from the asking: asks with a common key are decided in the
    /// order of their coming.
    Set<Object> keys() {
        List<Request> requests = requests().toList();
        Set<Object> keys = new HashSet<>();
        Bookkeeper.skusOf(requests).forEach(sku -> keys.add(new Named("sku", sku)));
        Bookkeeper.ordersOf(requests).forEach(order -> keys.add(new Named("order", order)));
        Bookkeeper.channelOrdersOf(requests).forEach(order -> keys.add(new Named("channel order", order)));
        Bookkeeper.holdsOf(requests).forEach(hold -> keys.add(new Named("hold", hold)));
        Bookkeeper.transfersOf(requests).forEach(transfer -> keys.add(new Named("transfer", transfer)));
        notes().forEach(note -> keys.add(note.key()));
        return keys;
    }

    /// How much of a batch it fills.
    int weight() {
        return Math.max(1, requests().mapToInt(Ask::weightOf).sum());
    }

    /// Goods that come or go are booked line by line, and each line costs what an adjustment does.
    private static int weightOf(Request request) {
        return switch (request) {
            case Request.Received received -> received.lines().size();
            case Request.OfTransfer transfer -> Math.max(1, transfer.units().size());
            default -> 1;
        };
    }

    private record Named(String what, String id) {}

    /// Requests that are carried out once.
    ///
    /// @param note the id under which they are asked for; null where the requests name themselves
    public record Step(@Nullable CommandNote note, List<Request> requests) {

        public Step {
            requests = List.copyOf(requests);
        }
    }

    /// Who asks, and what it is part of.
    ///
    /// @param origin names the event whose effect it is, or none when somebody waits for the answer
    public record Source(String actor, Origin origin) {

        /// Whoever is at work on this thread, and waits for the answer.
        public static Source of(Actor actor) {
            return new Source(actor.name(), new Origin(null, Context.current()));
        }

        /// An event that waits as long as it takes.
        ///
        /// @param consumer names the effect, such as `stock.orders`; it is never renamed
        public static Source ofEvent(String consumer, UUID id) {
            return new Source(Actor.ofEvent(consumer, id), Origin.of(new Cause(consumer, id)));
        }

        @Nullable
        Cause event() {
            return origin.cause();
        }
    }
}
