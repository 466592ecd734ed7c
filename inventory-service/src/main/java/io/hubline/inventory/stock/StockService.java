package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Grounds;
import io.hubline.inventory.stock.domain.Moment;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import io.hubline.kit.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Moves units in the physical book. The caller names what he asks for, so that asking again moves nothing.
@ApplicationScoped
public class StockService {

    private static final String RECEIPT = "receipt";
    private static final String ADJUSTMENT = "adjustment";
    private static final String SCRAP = "scrap";
    private static final String COUNT = "count";
    private static final String COUNT_ROW = "count row";
    private static final String IMPORT = "import";
    private static final String RETURN = "return";

    private final StockLedger ledger;
    private final Bookkeeping books;
    private final Folding folding;
    private final InstantSource clock;
    private final Actor actor;

    StockService(StockLedger ledger, Bookkeeping books, Folding folding, InstantSource clock, Actor actor) {
        this.ledger = ledger;
        this.books = books;
        this.folding = folding;
        this.clock = clock;
        this.actor = actor;
    }

    /// Books units that arrived, and promises them to whoever waits for them.
    public MoveOutcome receive(String receiptId, List<Line> lines) {
        List<Request.Moved> moved = new ArrayList<>();
        for (Line line : lines) {
            String cause = "receipt %s line %d".formatted(receiptId, moved.size() + 1);
            moved.add(new Request.Moved(line.position(), line.quantity(), Reason.RECEIPT, cause));
        }
        return move(
                new CommandNote(RECEIPT, receiptId, lines.toString()),
                new Request.Received(moved),
                moved.stream().map(Request.Moved::cause).toList());
    }

    /// Books units that came or went for another reason than a receipt or a shipment.
    public MoveOutcome adjust(String adjustmentId, PositionKey position, int delta, Grounds grounds) {
        return moveOnWord(ADJUSTMENT, adjustmentId, position, delta, Reason.ADJUSTMENT, grounds);
    }

    /// Books units that are thrown away.
    public MoveOutcome scrap(String scrapId, PositionKey position, int quantity, Grounds grounds) {
        return moveOnWord(SCRAP, scrapId, position, -quantity, Reason.SCRAP, grounds);
    }

    private MoveOutcome moveOnWord(
            String kind, String id, PositionKey position, int delta, Reason reason, Grounds grounds) {
        String cause = "%s %s: %s".formatted(kind, id, grounds);
        return move(
                new CommandNote(kind, id, "%s %d %s".formatted(position, delta, grounds)),
                new Request.Moved(position, delta, reason, cause),
                List.of(cause));
    }

    /// The id may have been there before: then the first answer is given, whatever the book says by now.
    private MoveOutcome move(CommandNote note, Request request, List<String> causes) {
        Answer answer = folding.askAndWait(Ask.noted(Ask.Source.of(actor), note, List.of(request)));
        return switch (answer.outcome()) {
            case Outcome.Done _ -> new MoveOutcome.Booked(ledger.movementsCausedBy(causes));
            case Outcome.Conflict _ -> new MoveOutcome.OtherContent();
            case Outcome.NotOnHand refused -> new MoveOutcome.NotOnHand(refused.onHand());
            case Outcome.IsBundle(String sku) -> new MoveOutcome.IsBundle(sku);
            case Outcome.TooMany(PositionKey position) -> new MoveOutcome.TooMany(position);
            case Outcome.Failed(RuntimeException why) -> throw why;
            case Outcome other -> throw new IllegalStateException("%s was answered %s".formatted(note.key(), other));
        };
    }

    /// Takes over what somebody counted: the difference to what the ledger says of that moment becomes a
    /// movement.
    ///
    /// @param rows each with a key of its own
    /// @return an outcome per row, in their order
    @Transactional
    public List<CountOutcome> count(List<Counted> rows) {
        Map<String, String> contents = new LinkedHashMap<>();
        rows.forEach(row -> contents.put(row.key(), row.content()));
        Map<String, String> earlier = ledger.noteAll(IMPORT, contents, clock.instant(), actor.name());
        List<Request> requests = rows.stream()
                .filter(row -> !earlier.containsKey(row.key()))
                .map(row -> request(IMPORT, row))
                .toList();
        Iterator<Outcome> decided = requests.isEmpty()
                ? Collections.emptyIterator()
                : books.decide(requests).outcomes().iterator();
        List<CountOutcome> outcomes = new ArrayList<>();
        for (Counted row : rows) {
            @Nullable String content = earlier.get(row.key());
            if (content != null) {
                outcomes.add(
                        content.equals(row.content())
                                ? new CountOutcome.Repeated()
                                : new CountOutcome.KeyHasOtherContent());
                continue;
            }
            CountOutcome outcome = outcome(decided.next());
            if (outcome instanceof CountOutcome.Refused) {
                ledger.forget(IMPORT, row.key());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /// The same for a count that has an id: each row for itself, as if somebody had asked for it alone.
    ///
    /// @return empty when something else was counted under this id before
    public Optional<List<CountOutcome>> count(String countId, List<Counted> rows) {
        if (rows.isEmpty()) {
            return Optional.of(List.of());
        }
        Ask.Source source = Ask.Source.of(actor);
        String content = rows.stream().map(Counted::content).collect(Collectors.joining("; "));
        Answer noted = folding.askAndWait(Ask.noted(source, new CommandNote(COUNT, countId, content), List.of()));
        if (noted.outcome() instanceof Outcome.Conflict) {
            return Optional.empty();
        }
        List<CompletionStage<Answer>> answers = rows.stream()
                .map(row -> folding.ask(Ask.noted(
                        source,
                        new CommandNote(COUNT_ROW, row.key(), row.content()),
                        List.of(request(COUNT_ROW, row)))))
                .toList();
        return Optional.of(answers.stream()
                .map(Folding::await)
                .map(answer -> answer.repeated() ? new CountOutcome.Repeated() : outcome(answer.outcome()))
                .toList());
    }

    private static Request request(String kind, Counted row) {
        return new Request.Counted(row.position(), row.onHand(), row.moment(), "%s %s".formatted(kind, row.key()));
    }

    private static CountOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> new CountOutcome.Applied(0);
            case Outcome.CutAtZero(int units) -> new CountOutcome.Applied(units);
            case Outcome.NotBooked(String reason) -> new CountOutcome.Refused(reason);
            case Outcome.IsBundle(String sku) ->
                new CountOutcome.Refused("%s is a bundle: count what it consists of".formatted(sku));
            case Outcome.Conflict _ -> new CountOutcome.KeyHasOtherContent();
            case Outcome.Failed(RuntimeException why) -> throw why;
            case Outcome.TooMany _ -> new CountOutcome.Refused("more units would lie there than can be counted");
            case Outcome other -> throw new IllegalStateException("a count was answered " + other);
        };
    }

    /// Books units that buyers sent back and that are fit to be sold again, each restock once however often
    /// it is told, and promises them to whoever waits for them: all of these, or none when a SKU was never
    /// seen here or a restock was told before with other units.
    ///
    /// @param event of which it is the effect
    public CompletionStage<Answer> restock(UUID event, List<Restock> units) {
        List<Ask.Step> steps = units.stream()
                .map(restock -> new Ask.Step(
                        new CommandNote(RETURN, restock.restockId(), restock.content()),
                        List.of(new Request.Moved(
                                restock.position(),
                                restock.quantity(),
                                Reason.RETURN,
                                "return:" + restock.restockId()))))
                .toList();
        return folding.ask(new Ask(Ask.Source.ofEvent("stock.returns", event), steps, true));
    }

    /// Units that arrived at one location.
    public record Line(PositionKey position, int quantity) {}

    /// Units that a buyer sent back, in one step.
    ///
    /// @param restockId names the step; the same id again books nothing
    public record Restock(String restockId, PositionKey position, int quantity) {

        String content() {
            return "%s %d".formatted(position, quantity);
        }
    }

    /// What somebody counted.
    ///
    /// @param key names this count; the same key again counts nothing
    public record Counted(PositionKey position, int onHand, Moment moment, String key) {

        String content() {
            return switch (moment) {
                case Moment.Now _ -> "%s %d".formatted(position, onHand);
                case Moment.At _, Moment.Movement _ -> "%s %d %s".formatted(position, onHand, moment);
            };
        }
    }

    /// What became of a request to move units.
    public sealed interface MoveOutcome {

        /// The movements, as the ledger has them.
        record Booked(List<RecordedMovement> movements) implements MoveOutcome {

            public Booked {
                movements = List.copyOf(movements);
            }
        }

        /// Something else was asked under this id before.
        record OtherContent() implements MoveOutcome {}

        /// Less lies there than would go.
        record NotOnHand(int onHand) implements MoveOutcome {}

        /// The SKU lies in stock as its components.
        record IsBundle(String sku) implements MoveOutcome {}

        /// More would lie there than can be counted.
        record TooMany(PositionKey position) implements MoveOutcome {}
    }

    /// What became of a counted row.
    public sealed interface CountOutcome {

        /// It was booked.
        ///
        /// @param cutUnits how many more units had left since than were counted, where nothing lies there
        ///     now; else zero
        record Applied(int cutUnits) implements CountOutcome {}

        /// Its key was counted before.
        record Repeated() implements CountOutcome {}

        /// Something else was counted under its key before.
        record KeyHasOtherContent() implements CountOutcome {}

        /// It changed nothing.
        ///
        /// @param reason for a person
        record Refused(String reason) implements CountOutcome {}
    }
}
