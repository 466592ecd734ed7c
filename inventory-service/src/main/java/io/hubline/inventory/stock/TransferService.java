package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Grounds;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.Transfer;
import io.hubline.inventory.stock.domain.Transfers;
import io.hubline.kit.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Sends units from one location to another. The caller names what he asks for, so that asking again moves
/// nothing.
@ApplicationScoped
public class TransferService {

    private static final String SEND = "transfer";
    private static final String RECEIVE = "transfer-receipt";
    private static final String CLOSE = "transfer-close";

    private final Transfers transfers;
    private final Folding books;
    private final InstantSource clock;
    private final Actor actor;

    TransferService(Transfers transfers, Folding books, InstantSource clock, Actor actor) {
        this.transfers = transfers;
        this.books = books;
        this.clock = clock;
        this.actor = actor;
    }

    /// Takes the units out of the location they leave. From then on they are in transit.
    public TransferOutcome send(String id, String from, String to, SortedMap<String, Integer> units) {
        Instant now = now();
        return once(SEND, id, id, "%s %s %s".formatted(from, to, units), new Request.Sent(id, from, to, units, now));
    }

    /// Puts units that arrived on the shelf of their destination, and promises them to whoever waits for
    /// them.
    public TransferOutcome receive(String id, String receiptId, SortedMap<String, Integer> units) {
        Optional<Transfer> transfer = transfers.find(id);
        if (transfer.isEmpty()) {
            return new TransferOutcome.Unknown();
        }
        return once(
                RECEIVE,
                id + " " + receiptId,
                id,
                units.toString(),
                new Request.Arrived(id, transfer.get().to(), receiptId, units, now()));
    }

    /// Gives up what has not arrived.
    public TransferOutcome close(String id, Grounds loss) {
        Optional<Transfer> transfer = transfers.find(id);
        return transfer.isEmpty()
                ? new TransferOutcome.Unknown()
                : once(
                        CLOSE,
                        id,
                        id,
                        loss.name(),
                        new Request.Closed(id, transfer.get().to(), loss, now()));
    }

    /// One transfer.
    public Optional<Transfer> find(String id) {
        return transfers.find(id);
    }

    private TransferOutcome once(String kind, String note, String transfer, String content, Request request) {
        Answer answer = books.askAndWait(
                Ask.noted(Ask.Source.of(actor), new CommandNote(kind, note, content), List.of(request)));
        return switch (answer.outcome()) {
            case Outcome.Done _ -> done(transfer);
            case Outcome.Conflict _ -> new TransferOutcome.OtherContent();
            case Outcome.Refused(List<Outcome.Missing> missing) -> new TransferOutcome.Refused(missing);
            case Outcome.NotInTransit _ -> new TransferOutcome.NotInTransit();
            case Outcome.IsBundle(String sku) -> new TransferOutcome.IsBundle(sku);
            case Outcome.Failed(RuntimeException why) -> throw why;
            case Outcome other -> throw new IllegalStateException("%s of %s: %s".formatted(kind, note, other));
        };
    }

    private TransferOutcome done(String id) {
        return new TransferOutcome.Done(transfers.find(id).orElseThrow());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// What became of a request about a transfer.
    public sealed interface TransferOutcome {

        /// It was done, now or before; this is how the transfer stands.
        record Done(Transfer transfer) implements TransferOutcome {}

        /// Nobody sent a transfer with this id.
        record Unknown() implements TransferOutcome {}

        /// Something else was asked under this id before.
        record OtherContent() implements TransferOutcome {}

        /// More was asked for than can go, or than is on its way.
        record Refused(List<Outcome.Missing> missing) implements TransferOutcome {

            public Refused {
                missing = List.copyOf(missing);
            }
        }

        /// All of it has arrived or is given up.
        record NotInTransit() implements TransferOutcome {}

        /// The SKU lies in stock as its components.
        record IsBundle(String sku) implements TransferOutcome {}
    }
}
