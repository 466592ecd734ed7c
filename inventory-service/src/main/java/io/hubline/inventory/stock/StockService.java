package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.Grounds;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Moves units in the physical book. The caller names what he asks for, so that asking again moves nothing.
@ApplicationScoped
public class StockService {

    private static final String RECEIPT = "receipt";
    private static final String ADJUSTMENT = "adjustment";
    private static final String SCRAP = "scrap";
    private static final String IMPORT = "import";
    private static final String RETURN = "return";

    private final StockLedger ledger;
    private final Bookkeeping books;
    private final InstantSource clock;
    private final Actor actor;

    StockService(StockLedger ledger, Bookkeeping books, InstantSource clock, Actor actor) {
        this.ledger = ledger;
        this.books = books;
        this.clock = clock;
        this.actor = actor;
    }

    /// Books units that arrived, and promises them to whoever waits for them.
    @Transactional
    public MoveOutcome receive(String receiptId, List<Line> lines) {
        List<String> causes = IntStream.rangeClosed(1, lines.size())
                .mapToObj(number -> "receipt %s line %d".formatted(receiptId, number))
                .toList();
        Optional<String> earlier = ledger.note(RECEIPT, receiptId, lines.toString(), clock.instant(), actor.name());
        if (earlier.isPresent()) {
            return repeated(earlier.get(), lines.toString(), causes);
        }
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            requests.add(new Request.Moved(line.position(), line.quantity(), Reason.RECEIPT, causes.get(i)));
        }
        books.decide(requests);
        return new MoveOutcome.Booked(ledger.movementsCausedBy(causes));
    }

    /// Books units that came or went for another reason than a receipt or a shipment.
    @Transactional
    public MoveOutcome adjust(String adjustmentId, PositionKey position, int delta, Grounds grounds) {
        return moveOnWord(ADJUSTMENT, adjustmentId, position, delta, Reason.ADJUSTMENT, grounds);
    }

    /// Books units that are thrown away.
    @Transactional
    public MoveOutcome scrap(String scrapId, PositionKey position, int quantity, Grounds grounds) {
        return moveOnWord(SCRAP, scrapId, position, -quantity, Reason.SCRAP, grounds);
    }

    private MoveOutcome moveOnWord(
            String kind, String id, PositionKey position, int delta, Reason reason, Grounds grounds) {
        String cause = "%s %s: %s".formatted(kind, id, grounds);
        String content = "%s %d %s".formatted(position, delta, grounds);
        Optional<String> earlier = ledger.note(kind, id, content, clock.instant(), actor.name());
        if (earlier.isPresent()) {
            return repeated(earlier.get(), content, List.of(cause));
        }
        Decision decision = books.decide(List.of(new Request.Moved(position, delta, reason, cause)));
        if (decision.outcomes().getFirst() instanceof Outcome.NotOnHand refused) {
            ledger.forget(kind, id);
            return new MoveOutcome.NotOnHand(refused.onHand());
        }
        return new MoveOutcome.Booked(ledger.movementsCausedBy(List.of(cause)));
    }

    /// Takes over what somebody counted: the difference to what the book says becomes a movement.
    ///
    /// @param rows each with a key of its own
    /// @return an outcome per row, in their order
    @Transactional
    public List<CountOutcome> count(List<Counted> rows) {
        Map<String, String> contents = new LinkedHashMap<>();
        rows.forEach(row -> contents.put(row.key(), row.content()));
        Map<String, String> earlier = ledger.noteAll(IMPORT, contents, clock.instant(), actor.name());
        List<Request> requests = new ArrayList<>();
        List<CountOutcome> outcomes = new ArrayList<>();
        for (Counted row : rows) {
            @Nullable String content = earlier.get(row.key());
            if (content == null) {
                requests.add(new Request.Counted(row.position(), row.onHand(), "import " + row.key()));
                outcomes.add(CountOutcome.APPLIED);
            } else {
                outcomes.add(
                        content.equals(row.content()) ? CountOutcome.REPEATED : CountOutcome.KEY_HAS_OTHER_CONTENT);
            }
        }
        if (!requests.isEmpty()) {
            books.decide(requests);
        }
        return outcomes;
    }

    /// Books units that buyers sent back and that are fit to be sold again, each restock once however often
    /// it is told, and promises them to whoever waits for them.
    ///
    /// @throws IllegalArgumentException when a SKU was never seen here, or a restock was told before with
    ///     other units: a person has to look
    @Transactional(MANDATORY)
    public void restock(List<Restock> units) {
        Map<String, String> contents = new TreeMap<>();
        units.forEach(restock -> contents.put(restock.restockId(), restock.content()));
        if (contents.isEmpty()) {
            return;
        }
        Map<String, String> earlier = ledger.noteAll(RETURN, contents, clock.instant(), actor.name());
        List<Restock> open = new ArrayList<>();
        for (Restock restock : units) {
            @Nullable String content = earlier.get(restock.restockId());
            if (content == null) {
                open.add(restock);
            } else if (!content.equals(restock.content())) {
                throw new IllegalArgumentException("restock %s was booked with other units before: %s, and now %s"
                        .formatted(restock.restockId(), content, restock.content()));
            }
        }
        open.stream()
                .map(restock -> restock.position().sku())
                .distinct()
                .filter(sku -> books.isUnknown(sku))
                .findFirst()
                .ifPresent(sku -> {
                    throw new IllegalArgumentException(
                            "units of SKU %s come back, and stock never knew it: check the SKU of the return"
                                    .formatted(sku));
                });
        if (!open.isEmpty()) {
            books.decide(open.stream()
                    .<Request>map(restock -> new Request.Moved(
                            restock.position(), restock.quantity(), Reason.RETURN, "return:" + restock.restockId()))
                    .toList());
        }
    }

    /// The id was there before, so the first answer is given, whatever the book says by now.
    private MoveOutcome repeated(String earlier, String content, List<String> causes) {
        return earlier.equals(content)
                ? new MoveOutcome.Booked(ledger.movementsCausedBy(causes))
                : new MoveOutcome.OtherContent();
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
    public record Counted(PositionKey position, int onHand, String key) {

        String content() {
            return "%s %d".formatted(position, onHand);
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
    }

    /// What became of a counted row.
    public enum CountOutcome {
        APPLIED,
        REPEATED,
        KEY_HAS_OTHER_CONTENT
    }
}
