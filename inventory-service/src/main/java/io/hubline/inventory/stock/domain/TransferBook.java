package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Outcome.Missing;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Transfers: units leave one location, and lie nowhere until they arrive at another or are given up.
final class TransferBook {

    private final BooksInHand books;
    private final UnitBook units;

    TransferBook(BooksInHand books, UnitBook units) {
        this.books = books;
        this.units = units;
    }

    Outcome decide(Request.OfTransfer request) {
        return switch (request) {
            case Request.Sent sent -> send(sent);
            case Request.Arrived arrived -> receive(arrived);
            case Request.Closed closed -> close(closed);
        };
    }

    /// On the way units can be promised to nobody, so they are given only out of what no channel may have
    /// sold (design section 5, E8), within a pool too.
    private Outcome send(Request.Sent request) {
        if (books.findTransfer(request.transfer()) != null) {
            return new Outcome.Conflict();
        }
        List<Missing> missing = new ArrayList<>();
        for (Map.Entry<String, Integer> line : request.units().entrySet()) {
            if (books.isBundle(line.getKey())) {
                return new Outcome.IsBundle(line.getKey());
            }
            PositionKey key = new PositionKey(line.getKey(), request.from());
            int available = Math.min(
                    books.position(key).free(), books.pool(books.keyOf(key)).grantable());
            if (line.getValue() > available) {
                missing.add(new Missing(line.getKey(), line.getValue(), available));
            }
        }
        if (!missing.isEmpty()) {
            return new Outcome.Refused(missing);
        }
        request.units()
                .forEach((sku, sent) ->
                        units.move(new PositionKey(sku, request.from()), -sent, Reason.TRANSFER_OUT, request.cause()));
        books.put(Transfer.sent(request.transfer(), request.from(), request.to(), request.at(), request.units()));
        return new Outcome.Done();
    }

    private Outcome receive(Request.Arrived request) {
        Transfer transfer = books.transfer(request.transfer());
        if (transfer.state() != Transfer.State.IN_TRANSIT) {
            return new Outcome.NotInTransit();
        }
        List<Missing> tooMany = tooMany(request.units(), transfer);
        if (!tooMany.isEmpty()) {
            return new Outcome.Refused(tooMany);
        }
        for (Map.Entry<String, Integer> line : request.units().entrySet()) {
            PositionKey key = new PositionKey(line.getKey(), transfer.to());
            units.move(key, line.getValue(), Reason.TRANSFER_IN, request.cause());
            transfer = transfer.received(line.getKey(), line.getValue());
            books.add(new TransferReceipt(transfer.id(), request.receipt(), line.getKey(), line.getValue()));
        }
        books.put(transfer);
        return new Outcome.Done();
    }

    private static List<Missing> tooMany(SortedMap<String, Integer> units, Transfer transfer) {
        return units.entrySet().stream()
                .filter(line -> line.getValue() > transfer.inTransit(line.getKey()))
                .map(line -> new Missing(line.getKey(), line.getValue(), transfer.inTransit(line.getKey())))
                .toList();
    }

    private Outcome close(Request.Closed request) {
        Transfer transfer = books.transfer(request.transfer());
        if (transfer.state() != Transfer.State.IN_TRANSIT) {
            return new Outcome.NotInTransit();
        }
        transfer.lines().forEach((sku, line) -> {
            if (line.inTransit() > 0) {
                books.report(new Discrepancy(
                        Discrepancy.Kind.LOST_IN_TRANSIT,
                        new PositionKey(sku, transfer.to()),
                        line.inTransit(),
                        "transfer " + transfer.id(),
                        "of %d units sent from %s %d never arrived: %s"
                                .formatted(line.sent(), transfer.from(), line.inTransit(), request.loss())));
            }
        });
        books.put(transfer.closed(request.at(), request.loss()));
        return new Outcome.Done();
    }
}
