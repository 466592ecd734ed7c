package io.hubline.sandbox.amazon.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A tab-separated file with a line of column names, read strictly. A first line that starts with
/// `TemplateType=` is the vendor's own and skipped.
record FlatFile(List<Map<String, String>> rows) {

    /// A file that cannot be processed at all.
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    FlatFile {
        rows = List.copyOf(rows);
    }

    /// Reads the file; an unknown, repeated or missing column makes it unreadable.
    static FlatFile read(String text, Set<String> required, Set<String> known) throws Unreadable {
        List<String> lines = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        if (!lines.isEmpty() && lines.getFirst().startsWith("TemplateType=")) {
            lines.removeFirst();
        }
        if (lines.isEmpty()) {
            throw new Unreadable("The feed contains no header row.");
        }
        List<String> columns = cells(lines.removeFirst());
        for (int i = 0; i < columns.size(); i++) {
            if (!known.contains(columns.get(i))) {
                throw new Unreadable("The column '%s' is not known to this feed.".formatted(columns.get(i)));
            }
            if (columns.indexOf(columns.get(i)) != i) {
                throw new Unreadable("The column '%s' occurs twice.".formatted(columns.get(i)));
            }
        }
        for (String column : required) {
            if (!columns.contains(column)) {
                throw new Unreadable("The required column '%s' is missing.".formatted(column));
            }
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines) {
            List<String> cells = cells(line);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), i < cells.size() ? cells.get(i) : "");
            }
            if (cells.size() > columns.size()) {
                throw new Unreadable("Row %d has more cells than there are columns.".formatted(rows.size() + 1));
            }
            rows.add(row);
        }
        return new FlatFile(rows);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split("\t", -1)) {
            cells.add(cell.strip());
        }
        while (!cells.isEmpty() && cells.getLast().isEmpty()) {
            cells.removeLast();
        }
        return cells;
    }
}
