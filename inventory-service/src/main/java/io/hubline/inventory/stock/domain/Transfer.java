package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Units on their way from one location to another. They left the first, so nobody can be promised them,
/// and lie nowhere until they arrive.
///
/// @param from the location they left
/// @param to the location they go to
/// @param lines by SKU
/// @param closedAt when somebody said that the rest will not come; null until then
/// @param loss why it will not; null where nothing was missing
public record Transfer(
        String id,
        String from,
        String to,
        Instant sentAt,
        SortedMap<String, Line> lines,
        @Nullable Instant closedAt,
        @Nullable Grounds loss) {

    public Transfer {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        if (from.equals(to)) {
            throw new IllegalArgumentException("transfer %s goes from %s to itself".formatted(id, from));
        }
    }

    /// All of it has just left.
    static Transfer sent(String id, String from, String to, Instant at, SortedMap<String, Integer> units) {
        SortedMap<String, Line> lines = new TreeMap<>();
        units.forEach((sku, sent) -> lines.put(sku, new Line(sent, 0, 0)));
        return new Transfer(id, from, to, at, lines, null, null);
    }

    /// Units of a SKU that neither arrived nor are lost.
    public int inTransit(String sku) {
        return lines.getOrDefault(sku, Line.NOTHING).inTransit();
    }

    /// How far it has come.
    public State state() {
        if (closedAt != null) {
            return State.CLOSED;
        }
        return lines.values().stream().allMatch(line -> line.inTransit() == 0) ? State.RECEIVED : State.IN_TRANSIT;
    }

    Transfer received(String sku, int units) {
        Line line = lines.getOrDefault(sku, Line.NOTHING);
        return with(sku, new Line(line.sent(), line.received() + units, line.lost()));
    }

    /// The rest is lost, whatever it is.
    Transfer closed(Instant at, Grounds why) {
        Transfer closed = this;
        for (var entry : lines.entrySet()) {
            Line line = entry.getValue();
            closed = closed.with(entry.getKey(), new Line(line.sent(), line.received(), line.sent() - line.received()));
        }
        return new Transfer(id, from, to, sentAt, closed.lines, at, why);
    }

    private Transfer with(String sku, Line line) {
        SortedMap<String, Line> changed = new TreeMap<>(lines);
        changed.put(sku, line);
        return new Transfer(id, from, to, sentAt, changed, closedAt, loss);
    }

    /// How far a transfer has come.
    public enum State {
        /// Units are on their way.
        IN_TRANSIT,
        /// All of it arrived.
        RECEIVED,
        /// The rest is lost.
        CLOSED
    }

    /// Units of one SKU.
    public record Line(int sent, int received, int lost) {

        private static final Line NOTHING = new Line(0, 0, 0);

        public Line {
            if (received < 0 || lost < 0 || received + (long) lost > sent) {
                throw new IllegalArgumentException("%d sent, %d received, %d lost".formatted(sent, received, lost));
            }
        }

        /// Units on their way.
        public int inTransit() {
            return sent - received - lost;
        }
    }
}
