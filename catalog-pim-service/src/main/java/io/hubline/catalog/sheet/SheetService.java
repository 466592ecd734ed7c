package io.hubline.catalog.sheet;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.product.domain.ProductForm;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import io.hubline.catalog.sheet.SheetOutcome.ColumnError;
import io.hubline.catalog.sheet.SheetOutcome.Finished;
import io.hubline.catalog.sheet.SheetOutcome.TooLong;
import io.hubline.catalog.sheet.SheetOutcome.Unreadable;
import io.hubline.catalog.sheet.SheetOutcome.WrongHeader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Reads sheets.
@ApplicationScoped
public class SheetService {

    private static final int CELL_MAX = 65_536;
    private static final int RECORD_MAX = 262_144;
    private static final int CAUSES_MAX = 10;
    private static final char MARK = '\uFEFF';

    private final SheetBatch batches;
    private final int batchRows;
    private final int rowsMax;

    SheetService(
            SheetBatch batches,
            @ConfigProperty(name = "hubline.catalog.import-batch") int batchRows,
            @ConfigProperty(name = "hubline.catalog.import-rows-max") int rowsMax) {
        this.batches = batches;
        this.batchRows = batchRows;
        this.rowsMax = rowsMax;
    }

    /// Applies a sheet, batch by batch; a wrong row is named in the report and costs nothing but itself.
    ///
    /// Kept in memory are one batch and the ids of the products and SKUs that were seen, of which there are
    /// at most as many as a sheet may have rows.
    ///
    /// @param dryRun say what would become of it, and keep nothing
    public SheetOutcome take(Reader sheet, boolean dryRun) {
        @Nullable Reading reading = null;
        try {
            CsvReader<CsvRecord> records = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .build(
                            CsvRecordHandler.builder()
                                    .maxFields(Columns.MAX + 1)
                                    .maxFieldSize(CELL_MAX)
                                    .maxRecordSize(RECORD_MAX)
                                    .build(),
                            withoutMark(sheet));
            Iterator<CsvRecord> lines = records.iterator();
            if (!lines.hasNext()) {
                return new WrongHeader(List.of(new ColumnError("", "the sheet is empty")));
            }
            Columns columns = new Columns(lines.next().getFields());
            if (!columns.errors().isEmpty()) {
                return new WrongHeader(columns.errors());
            }
            reading = new Reading(columns, dryRun);
            while (lines.hasNext()) {
                if (!reading.take(lines.next())) {
                    reading.applyRest();
                    return new TooLong(rowsMax, reading.tally.report());
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            String reason = reason(e);
            if (reading == null) {
                return new WrongHeader(List.of(new ColumnError("", reason)));
            }
            // What was read and not yet applied may have been cut short: it is left for the repaired sheet.
            return new Unreadable(reading.lastRow, reason, reading.tally.report());
        }
        reading.applyRest();
        return new Finished(reading.tally.report());
    }

    /// Spreadsheets put a mark before the first cell that says how the file is encoded.
    private static Reader withoutMark(Reader sheet) {
        PushbackReader marked = new PushbackReader(sheet, 1);
        try {
            int first = marked.read();
            if (first >= 0 && first != MARK) {
                marked.unread(first);
            }
            return marked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(RuntimeException failure) {
        List<Throwable> causes = Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES_MAX)
                .toList();
        if (causes.stream().anyMatch(CharacterCodingException.class::isInstance)) {
            return "it is not UTF-8";
        }
        if (causes.stream().anyMatch(IOException.class::isInstance)) {
            return "it ended too early";
        }
        return "it breaks the rules of CSV: a quote that does not end its cell, a cell of more than %d or a row of more than %d characters"
                .formatted(CELL_MAX, RECORD_MAX);
    }

    /// One sheet under way.
    private final class Reading {

        private final Columns columns;
        private final boolean dryRun;
        private final SheetTally tally;
        private final Set<String> productsSeen = new HashSet<>();
        private final Map<String, Long> skusSeen = new HashMap<>();
        private final List<Group> batch = new ArrayList<>();
        private @Nullable Group group;
        private @Nullable String scattered;
        private int rowsInBatch;
        private long lastRow;

        Reading(Columns columns, boolean dryRun) {
            this.columns = columns;
            this.dryRun = dryRun;
            this.tally = new SheetTally(dryRun, columns);
        }

        /// @return false where the sheet is too long to go on
        boolean take(CsvRecord line) {
            long number = line.getStartingLineNumber();
            List<String> cells = line.getFields();
            lastRow = number;
            if (cells.stream().allMatch(String::isBlank)) {
                return true;
            }
            if (tally.rows() == rowsMax) {
                return false;
            }
            tally.row();
            if (cells.size() != columns.count()) {
                tally.wrong(number, "", "has %d cells, and the header has %d".formatted(cells.size(), columns.count()));
                return true;
            }
            RowReader row = new RowReader(columns, cells);
            @Nullable String productId = row.cell(Columns.PRODUCT);
            @Nullable String sku = row.cell(Columns.SKU);
            if (productId == null || sku == null) {
                tally.wrong(number, productId == null ? Columns.PRODUCT : Columns.SKU, "is empty");
                return true;
            }
            @Nullable Group own = group(productId);
            if (own == null) {
                tally.wrong(number, Columns.PRODUCT, "rows of one product must stand together");
                return true;
            }
            @Nullable Long before = skusSeen.putIfAbsent(sku, number);
            if (before != null) {
                tally.wrong(number, Columns.SKU, "is in row %d as well".formatted(before));
                return true;
            }
            add(own, number, sku, row);
            return true;
        }

        /// The group of this product; null where other products stand between it and its earlier rows.
        private @Nullable Group group(String productId) {
            if (group != null && group.productId().equals(productId)) {
                return group;
            }
            if (productId.equals(scattered)) {
                return null;
            }
            close();
            if (!productsSeen.add(productId)) {
                scattered = productId;
                return null;
            }
            scattered = null;
            group = new Group(productId);
            return group;
        }

        private void add(Group own, long number, String sku, RowReader row) {
            VariantForm variant = row.variant(sku);
            List<ListingWish> wishes = row.wishes(sku);
            Map<String, String> page = row.page();
            page.forEach((column, text) -> {
                @Nullable Long other = own.contradicts(column, text);
                if (other != null) {
                    tally.wrong(number, column, "differs from row %d of the same product".formatted(other));
                }
            });
            row.errors().forEach(error -> tally.wrong(number, error.column(), error.reason()));
            if (own.rows().size() >= ProductForm.VARIANTS_MAX) {
                tally.wrong(
                        number,
                        Columns.SKU,
                        "is one too many: a product has at most %d variants".formatted(ProductForm.VARIANTS_MAX));
            } else if (row.errors().isEmpty()
                    && page.entrySet().stream()
                            .allMatch(said -> own.contradicts(said.getKey(), said.getValue()) == null)) {
                own.add(new Group.Row(number, variant, wishes), page);
            }
        }

        private void close() {
            if (group != null && !group.rows().isEmpty()) {
                batch.add(group);
                rowsInBatch += group.rows().size();
            }
            group = null;
            if (rowsInBatch >= batchRows) {
                apply();
            }
        }

        void applyRest() {
            close();
            apply();
        }

        private void apply() {
            if (!batch.isEmpty()) {
                tally.applied(batch, batches.apply(batch, dryRun));
            }
            batch.clear();
            rowsInBatch = 0;
        }
    }
}
