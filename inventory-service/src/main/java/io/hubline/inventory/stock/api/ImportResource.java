package io.hubline.inventory.stock.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.CountOutcome;
import io.hubline.inventory.stock.StockService.Counted;
import io.hubline.inventory.stock.api.ImportRows.Row;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts as a file: every row says how much lies of a SKU at a location now.
///
/// The file streams through in batches, each a transaction of its own, so its size costs no memory and a
/// wrong row
/// costs nothing but itself. Every row has a key: after a failure the same file can be sent again from its
/// start.
@Path("/stock/import")
class ImportResource {

    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    private static final int BATCH = 200;

    private final StockService stock;
    private final ObjectMapper json;

    ImportResource(StockService stock, ObjectMapper json) {
        this.stock = stock;
        this.json = json;
    }

    /// Takes `sku,locationId,quantity,key`, with or without that line on top.
    @POST
    @Consumes(CSV)
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Report csv(InputStream body) {
        return read(body, ImportRows::csv);
    }

    /// Takes one object with these four fields per line.
    @POST
    @Consumes({JSON_LINES, "application/jsonl"})
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Report jsonLines(InputStream body) {
        return read(body, (line, _) -> ImportRows.json(json, line));
    }

    private Report read(InputStream body, Reader reader) {
        Tally tally = new Tally();
        List<Row.Counted> batch = new ArrayList<>();
        // A decoder of its own: bytes that are no UTF-8 must not become a SKU with question marks in it.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8.newDecoder()))) {
            @Nullable String line;
            for (int number = 1; (line = lines.readLine()) != null; number++) {
                switch (reader.read(line, number)) {
                    case Row.Nothing _ -> {}
                    case Row.Wrong(String error) -> tally.wrong(number, error);
                    case Row.Counted counted -> batch.add(counted.at(number));
                }
                if (batch.size() == BATCH) {
                    count(batch, tally);
                }
            }
        } catch (CharacterCodingException e) {
            count(batch, tally);
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .detail("The file is not UTF-8. The rows before that place were counted")
                    .asException();
        } catch (IOException e) {
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .detail("The file ended too early. Send it again from its start")
                    .asException();
        }
        count(batch, tally);
        return tally.report();
    }

    private void count(List<Row.Counted> batch, Tally tally) {
        // A key twice in one batch would be noted once; the second is judged by the first, as over two batches.
        Map<String, Row.Counted> byKey = new HashMap<>();
        List<Row.Counted> first = new ArrayList<>();
        for (Row.Counted row : batch) {
            Row.@Nullable Counted same = byKey.putIfAbsent(row.key(), row);
            if (same == null) {
                first.add(row);
            } else {
                tally.count(
                        row,
                        same.content().equals(row.content())
                                ? CountOutcome.REPEATED
                                : CountOutcome.KEY_HAS_OTHER_CONTENT);
            }
        }
        if (!first.isEmpty()) {
            List<CountOutcome> outcomes = stock.count(first.stream()
                    .map(row -> new Counted(row.position(), row.quantity(), row.key()))
                    .toList());
            for (int i = 0; i < first.size(); i++) {
                tally.count(first.get(i), outcomes.get(i));
            }
        }
        batch.clear();
    }

    private interface Reader {
        Row read(String line, int number);
    }

    private static final class Tally {

        private static final int ERRORS_MAX = 1_000;

        private final List<RowError> errors = new ArrayList<>();
        private int applied;
        private int repeated;
        private int failed;

        void count(Row.Counted row, CountOutcome outcome) {
            switch (outcome) {
                case APPLIED -> applied++;
                case REPEATED -> repeated++;
                case KEY_HAS_OTHER_CONTENT ->
                    wrong(row.number(), "key %s had another content before".formatted(row.key()));
            }
        }

        void wrong(int number, String error) {
            failed++;
            if (errors.size() < ERRORS_MAX) {
                errors.add(new RowError(number, error));
            }
        }

        Report report() {
            return new Report(applied, repeated, failed, errors);
        }
    }

    /// @param applied rows counted now
    /// @param repeated rows whose key was counted before
    /// @param failed rows that changed nothing; the first thousand are listed
    record Report(int applied, int repeated, int failed, List<RowError> errors) {}

    /// @param row the number of the line in the file, from 1
    record RowError(int row, String error) {}
}
