package io.hubline.inventory.stock.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.hubline.inventory.stock.StockService.Counted;
import io.hubline.inventory.stock.domain.Moment;
import io.hubline.inventory.stock.domain.PositionKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a stock import.
final class ImportRows {

    static final int UNITS_MAX = 100_000_000;
    private static final int TEXT_MAX = 200;

    private final Instant now;

    /// @param now no count is later than that
    ImportRows(Instant now) {
        this.now = now;
    }

    /// What a row may say, and how that is spelt.
    private enum Column {
        SKU("sku", "sku"),
        LOCATION("locationId", "location"),
        ON_HAND("quantity", "onHand"),
        COUNTED_AT("countedAt", "countedAt"),
        AS_OF("asOf", "asOf"),
        KEY("key", "key");

        private static final List<Column> WITHOUT_HEADER = List.of(SKU, LOCATION, ON_HAND, KEY);
        private static final Set<Column> NEEDED = EnumSet.of(SKU, LOCATION, ON_HAND);

        private final String spelt;
        private final String alsoSpelt;

        Column(String spelt, String alsoSpelt) {
            this.spelt = spelt;
            this.alsoSpelt = alsoSpelt;
        }

        static Optional<Column> of(String name) {
            return EnumSet.allOf(Column.class).stream()
                    .filter(column -> column.spelt.equalsIgnoreCase(name.strip())
                            || column.alsoSpelt.equalsIgnoreCase(name.strip()))
                    .findFirst();
        }

        static String known() {
            return "sku, locationId, quantity, countedAt, asOf and key";
        }
    }

    /// Reads a file line by line, from its first.
    @FunctionalInterface
    interface Reader {

        /// What the next line says.
        ///
        /// @throws UnreadableHeader when no row of the file can be read
        Row read(String line) throws UnreadableHeader;
    }

    /// Lines of CSV as RFC 4180 has them, save that a field does not run over several lines. The first may
    /// name the columns, in any order.
    Reader csv() {
        return new Reader() {
            private @Nullable List<Column> columns;

            @Override
            public Row read(String line) throws UnreadableHeader {
                boolean first = columns == null;
                // Spreadsheets put a mark before the first line that says how it is encoded.
                String text = first && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (text.isBlank()) {
                    return new Row.Nothing();
                }
                @Nullable List<String> fields = fields(text);
                if (fields == null) {
                    return new Row.Wrong("a quote is not closed");
                }
                List<Column> known = columns;
                if (known == null) {
                    boolean header =
                            fields.stream().anyMatch(field -> Column.of(field).equals(Optional.of(Column.SKU)));
                    known = header ? header(fields) : Column.WITHOUT_HEADER;
                    columns = known;
                    if (header) {
                        return new Row.Nothing();
                    }
                }
                if (fields.size() != known.size()) {
                    return new Row.Wrong("%d fields instead of %d".formatted(fields.size(), known.size()));
                }
                Map<Column, String> values = new EnumMap<>(Column.class);
                for (int i = 0; i < known.size(); i++) {
                    values.put(known.get(i), fields.get(i));
                }
                return row(values);
            }
        };
    }

    /// Lines that are one JSON object each.
    Reader json(ObjectMapper mapper) {
        ObjectReader reader = mapper.readerFor(JsonNode.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return line -> {
            if (line.isBlank()) {
                return new Row.Nothing();
            }
            try {
                JsonNode object = reader.readTree(line);
                return object.isObject() ? row(object) : new Row.Wrong("no JSON object");
            } catch (JsonProcessingException e) {
                return new Row.Wrong("no JSON: " + e.getOriginalMessage());
            }
        };
    }

    private Row row(JsonNode object) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Optional<Column> column = Column.of(field.getKey());
            if (column.isEmpty()) {
                return new Row.Wrong(
                        "unknown column %s; known are %s".formatted(shown(field.getKey()), Column.known()));
            }
            JsonNode value = field.getValue();
            if (!value.isValueNode() || values.put(column.get(), value.isNull() ? "" : value.asText()) != null) {
                return new Row.Wrong("%s must be one value".formatted(shown(field.getKey())));
            }
        }
        return row(values);
    }

    private Row row(Map<Column, String> values) {
        try {
            String sku = text(values, Column.SKU);
            String location = text(values, Column.LOCATION);
            int onHand = (int) number(values, Column.ON_HAND, UNITS_MAX);
            Moment moment = moment(values);
            return new Row.Count(new Counted(
                    new PositionKey(sku, location), onHand, moment, key(values, sku + " " + location, moment)));
        } catch (WrongValue e) {
            return new Row.Wrong(e.reason);
        }
    }

    /// A count of a moment is named by its position and the moment, where nobody names it otherwise.
    private static String key(Map<Column, String> values, String position, Moment moment) throws WrongValue {
        if (values.getOrDefault(Column.KEY, "").isBlank()) {
            return switch (moment) {
                case Moment.At(Instant instant) -> position + " " + instant;
                case Moment.Movement(long number) -> position + " " + number;
                case Moment.Now _ -> throw new WrongValue("a row without countedAt or asOf needs a key");
            };
        }
        return text(values, Column.KEY);
    }

    private Moment moment(Map<Column, String> values) throws WrongValue {
        String countedAt = values.getOrDefault(Column.COUNTED_AT, "").strip();
        boolean asOf = !values.getOrDefault(Column.AS_OF, "").isBlank();
        if (countedAt.isEmpty()) {
            return asOf ? new Moment.Movement(number(values, Column.AS_OF, Long.MAX_VALUE)) : new Moment.Now();
        }
        if (asOf) {
            throw new WrongValue("countedAt and asOf say the same; one of them must go");
        }
        try {
            Instant instant = OffsetDateTime.parse(countedAt).toInstant();
            if (instant.isAfter(now)) {
                throw new WrongValue("countedAt %s is in the future".formatted(instant));
            }
            return new Moment.At(instant);
        } catch (DateTimeParseException e) {
            throw new WrongValue("countedAt is no time such as 2026-11-23T08:00:00Z");
        }
    }

    private static String text(Map<Column, String> values, Column column) throws WrongValue {
        String text = values.getOrDefault(column, "");
        if (text.isBlank() || text.length() > TEXT_MAX || text.indexOf('\u0000') >= 0) {
            throw new WrongValue("%s must have 1 to %d characters".formatted(column.spelt, TEXT_MAX));
        }
        return text.strip();
    }

    private static long number(Map<Column, String> values, Column column, long max) throws WrongValue {
        String name = column.spelt;
        String text = values.getOrDefault(column, "").strip();
        if (!text.matches("[+-]?[0-9]{1,100}")) {
            throw new WrongValue(name + " is not a whole number");
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // A number all the same, and out of bounds.
        }
        throw new WrongValue("%s %s is not between 0 and %d".formatted(name, text, max));
    }

    private static List<Column> header(List<String> names) throws UnreadableHeader {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            Column column = Column.of(name)
                    .orElseThrow(() -> new UnreadableHeader(
                            "unknown column %s; known are %s".formatted(shown(name), Column.known())));
            if (columns.contains(column)) {
                throw new UnreadableHeader("column %s is there twice".formatted(shown(name)));
            }
            columns.add(column);
        }
        for (Column needed : Column.NEEDED) {
            if (!columns.contains(needed)) {
                throw new UnreadableHeader("column %s is missing".formatted(needed.spelt));
            }
        }
        return columns;
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "..." : name;
    }

    /// The fields of a line; null when a quote is not closed.
    private static @Nullable List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return quoted ? null : fields;
    }

    /// What a line says.
    sealed interface Row {

        /// It is blank, or names the columns.
        record Nothing() implements Row {}

        /// It cannot be read.
        record Wrong(String error) implements Row {}

        /// So much lay there.
        record Count(Counted counted) implements Row {}
    }

    /// The first line names columns that are not known, or leaves one out: no row can be read.
    static final class UnreadableHeader extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        UnreadableHeader(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private static final class WrongValue extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        WrongValue(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
