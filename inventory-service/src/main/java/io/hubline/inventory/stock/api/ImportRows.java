package io.hubline.inventory.stock.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.inventory.stock.domain.PositionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a stock import.
final class ImportRows {

    private static final int UNITS_MAX = 100_000_000;
    private static final int TEXT_MAX = 200;
    private static final List<String> COLUMNS = List.of("sku", "locationId", "quantity", "key");

    private ImportRows() {}

    /// A line of CSV as RFC 4180 has it, save that a field does not run over several lines.
    static Row csv(String line, int number) {
        // Spreadsheets put a mark before the first line that says how it is encoded.
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (text.isBlank()) {
            return new Row.Nothing();
        }
        List<String> fields = fields(text);
        if (number == 1 && fields.equals(COLUMNS)) {
            return new Row.Nothing();
        }
        return fields.size() == COLUMNS.size()
                ? row(fields.get(0), fields.get(1), fields.get(2), fields.get(3))
                : new Row.Wrong("%d fields instead of %s".formatted(fields.size(), String.join(",", COLUMNS)));
    }

    /// A line that is one JSON object.
    static Row json(ObjectMapper json, String line) {
        if (line.isBlank()) {
            return new Row.Nothing();
        }
        try {
            JsonNode row = json.readTree(line);
            return row.isObject()
                    ? row(text(row, "sku"), text(row, "locationId"), text(row, "quantity"), text(row, "key"))
                    : new Row.Wrong("no JSON object");
        } catch (JsonProcessingException e) {
            return new Row.Wrong("no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode row, String field) {
        @Nullable JsonNode value = row.get(field);
        return value == null || !value.isValueNode() || value.isNull() ? "" : value.asText();
    }

    private static Row row(String sku, String location, String quantity, String key) {
        if (isWrong(sku) || isWrong(location) || isWrong(key)) {
            return new Row.Wrong("sku, locationId and key must have 1 to %d characters".formatted(TEXT_MAX));
        }
        try {
            int units = Integer.parseInt(quantity.strip());
            return units < 0 || units > UNITS_MAX
                    ? new Row.Wrong("quantity %d is not between 0 and %d".formatted(units, UNITS_MAX))
                    : new Row.Counted(0, new PositionKey(sku.strip(), location.strip()), units, key.strip());
        } catch (NumberFormatException e) {
            return new Row.Wrong("quantity is not a whole number");
        }
    }

    private static boolean isWrong(String text) {
        return text.isBlank() || text.length() > TEXT_MAX || text.indexOf('\u0000') >= 0;
    }

    private static List<String> fields(String line) {
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
        return fields;
    }

    /// What a line says.
    sealed interface Row {

        /// It is blank, or names the columns.
        record Nothing() implements Row {}

        /// It cannot be read.
        record Wrong(String error) implements Row {}

        /// So much lies there.
        record Counted(int number, PositionKey position, int quantity, String key) implements Row {

            Counted at(int line) {
                return new Counted(line, position, quantity, key);
            }

            String content() {
                return position + " " + quantity;
            }
        }
    }
}
