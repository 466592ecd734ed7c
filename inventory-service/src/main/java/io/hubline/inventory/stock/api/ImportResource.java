package io.hubline.inventory.stock.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.CountOutcome;
import io.hubline.inventory.stock.StockService.Counted;
import io.hubline.inventory.stock.api.ImportRows.Row;
import io.hubline.kit.security.Roles;
import io.hubline.kit.sql.FailureKind;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/// Counts as a file: every row says how much lay of a SKU at a location when it was counted.
///
/// The file streams through in batches, each a transaction of its own, so its size costs no memory and a
/// wrong row costs nothing but itself. Every row has a key: after a failure the same file can be sent again
/// from its start.
@Path("/stock/import")
class ImportResource {

    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    // Large enough that a row costs little, small enough that nobody waits long for the pools that a batch holds.
    private static final int BATCH = 500;

    private static final int TRIES_MAX = 5;
    private static final Logger LOGGER = Logger.getLogger(ImportResource.class);

    private final StockService stock;
    private final ObjectMapper json;
    private final InstantSource clock;

    ImportResource(StockService stock, ObjectMapper json, InstantSource clock) {
        this.stock = stock;
        this.json = json;
        this.clock = clock;
    }

    /// Takes `sku,locationId,quantity,key`, or any of the known columns as the first line names them.
    @POST
    @Consumes(CSV)
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Report csv(InputStream body, @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding) {
        return read(body, encoding, new ImportRows(clock.instant()).csv());
    }

    /// Takes one object with these fields per line.
    @POST
    @Consumes({JSON_LINES, "application/jsonl"})
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Report jsonLines(InputStream body, @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding) {
        return read(body, encoding, new ImportRows(clock.instant()).json(json));
    }

    private Report read(InputStream body, @Nullable String encoding, ImportRows.Reader reader) {
        if (encoding != null && !encoding.equals("gzip") && !encoding.equals("identity")) {
            throw Problem.of(415, "unsupported-media-type", "The request has a form not read here")
                    .detail("Content-Encoding may be gzip")
                    .asException();
        }
        Tally tally = new Tally();
        List<Numbered> batch = new ArrayList<>();
        int number = 0;
        try (Lines lines = Lines.of(body, encoding)) {
            Lines.@Nullable Line line;
            while ((line = lines.next()) != null) {
                number++;
                Row row = line.tooLong()
                        ? new Row.Wrong("more than %d characters".formatted(Lines.LINE_MAX))
                        : reader.read(line.text());
                switch (row) {
                    case Row.Nothing _ -> {}
                    case Row.Wrong(String error) -> tally.wrong(number, error);
                    case Row.Count(Counted counted) -> batch.add(new Numbered(number, counted));
                }
                if (batch.size() == BATCH) {
                    count(batch, tally);
                }
            }
        } catch (ImportRows.UnreadableHeader e) {
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .with("errors", List.of(new RowError(number, e.reason())))
                    .asException();
        } catch (IOException e) {
            // What was read before that place is as good as any other row.
            count(batch, tally);
            throw brokenOff(e);
        }
        count(batch, tally);
        return tally.report();
    }

    private static ProblemException brokenOff(IOException failure) {
        String detail = switch (failure) {
            case CharacterCodingException _ -> "The file is not UTF-8. The rows before that place were counted";
            case Lines.TooLong _ -> "The file is too long. The rows before that place were counted: send the rest";
            default -> "The file ended too early, or is not packed as it says. Send it again from its start";
        };
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .detail(detail)
                .asException();
    }

    private void count(List<Numbered> batch, Tally tally) {
        // A key twice in one batch would be noted once; the second is judged by the first, as over two batches.
        Map<String, Numbered> byKey = new LinkedHashMap<>();
        List<Numbered> again = new ArrayList<>();
        for (Numbered row : batch) {
            if (byKey.putIfAbsent(row.counted.key(), row) != null) {
                again.add(row);
            }
        }
        List<Numbered> first = List.copyOf(byKey.values());
        if (!first.isEmpty()) {
            List<CountOutcome> outcomes =
                    decide(first.stream().map(Numbered::counted).toList());
            for (int i = 0; i < first.size(); i++) {
                tally.count(first.get(i), outcomes.get(i));
            }
        }
        for (Numbered row : again) {
            boolean same = row.counted.equals(Objects.requireNonNull(byKey.get(row.counted.key())).counted);
            tally.count(row, same ? new CountOutcome.Repeated() : new CountOutcome.KeyHasOtherContent());
        }
        batch.clear();
    }

    /// A batch that met other work is tried again: a file of many should not fail by one collision.
    private List<CountOutcome> decide(List<Counted> rows) {
        for (int tries = 1; ; tries++) {
            try {
                return stock.count(rows);
            } catch (RuntimeException e) {
                if (tries == TRIES_MAX || FailureKind.of(e) != FailureKind.CONTENDED) {
                    throw e;
                }
                LOGGER.debugf(e, "A batch of counts met other work at try %d", tries);
            }
        }
    }

    private record Numbered(int number, Counted counted) {}

    private static final class Tally {

        private static final int LISTED_MAX = 1_000;

        private final List<RowError> errors = new ArrayList<>();
        private final List<RowError> cut = new ArrayList<>();
        private int applied;
        private int repeated;
        private int failed;
        private int cutRows;

        void count(Numbered row, CountOutcome outcome) {
            switch (outcome) {
                case CountOutcome.Applied(int cutUnits) -> {
                    applied++;
                    if (cutUnits > 0) {
                        cutRows++;
                        list(
                                cut,
                                row.number,
                                "%d units more had left than were counted; 0 lie there".formatted(cutUnits));
                    }
                }
                case CountOutcome.Repeated _ -> repeated++;
                case CountOutcome.KeyHasOtherContent _ ->
                    wrong(row.number, "key %s had another content before".formatted(row.counted.key()));
                case CountOutcome.Refused(String reason) -> wrong(row.number, reason);
            }
        }

        void wrong(int number, String error) {
            failed++;
            list(errors, number, error);
        }

        private static void list(List<RowError> rows, int number, String error) {
            if (rows.size() < LISTED_MAX) {
                rows.add(new RowError(number, error));
            }
        }

        Report report() {
            return new Report(applied, repeated, failed, errors, cutRows, cut);
        }
    }

    /// @param applied rows counted now
    /// @param repeated rows whose key was counted before
    /// @param failed rows that changed nothing; the first thousand are listed
    /// @param cutAtZero rows of those applied that counted less than has left since; the first thousand are
    ///     listed
    record Report(
            int applied,
            int repeated,
            int failed,
            List<RowError> errors,
            int cutAtZero,
            List<RowError> discrepancies) {}

    /// @param row the number of the line in the file, from 1
    record RowError(int row, String error) {}
}
