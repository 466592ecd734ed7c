package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.StockCheck;
import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.inventory.stock.domain.StockBooks;
import io.hubline.inventory.stock.domain.StockBooks.LineKey;
import io.hubline.inventory.stock.domain.StockBooks.MovementFilter;
import io.hubline.inventory.stock.domain.StockBooks.OpenLine;
import io.hubline.inventory.stock.domain.StockBooks.RecordedDiscrepancy;
import io.hubline.inventory.stock.domain.StockBooks.RecordedOversell;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockMovement;
import io.hubline.inventory.stock.domain.Transfers;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The two books, to look at and to check.
@Path("/stock")
class StockResource {

    // No id holds it: it separates the two parts of a cursor.
    private static final char SEPARATOR = '\u0000';

    private final StockBooks books;
    private final Transfers transfers;
    private final StockCheck check;

    StockResource(StockBooks books, Transfers transfers, StockCheck check) {
        this.books = books;
        this.transfers = transfers;
        this.check = check;
    }

    /// What lies of a SKU, and what is promised of it.
    @GET
    @Path("/{sku}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Stock stock(@RestPath String sku) {
        List<PoolPosition> pools = books.pools(sku);
        if (pools.isEmpty()) {
            throw Problem.of(404, "unknown-sku", "This SKU was never in stock and never sold")
                    .asException();
        }
        return new Stock(
                sku,
                sum(pools, PoolPosition::onHand),
                sum(pools, PoolPosition::reserved),
                sum(pools, PoolPosition::free),
                sum(pools, PoolPosition::shortBy),
                sum(pools, PoolPosition::backordered),
                pools.stream().map(InPool::of).toList(),
                books.positions(sku).stream().map(AtLocation::of).toList(),
                transfers.inTransit(sku));
    }

    /// Movements of a SKU, oldest first.
    ///
    /// @param location only those there
    /// @param reason only those for one reason, such as `COUNT`
    /// @param from only those recorded then or later
    /// @param to only those recorded before
    @GET
    @Path("/{sku}/movements")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<RecordedMovement> movements(
            @RestPath String sku,
            @RestQuery @Nullable String location,
            @RestQuery @Nullable String reason,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String after) {
        MovementFilter filter =
                new MovementFilter(blankToNull(location), reason(reason), instant("from", from), instant("to", to));
        return Page.of(
                books.movements(sku, filter, number(after), Page.SIZE + 1),
                Page.SIZE,
                movement -> Long.toString(movement.seq()));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static StockMovement.@Nullable Reason reason(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        return Arrays.stream(StockMovement.Reason.values())
                .filter(reason -> reason.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        Wrong.field("reason", "must be one of " + Arrays.toString(StockMovement.Reason.values())));
    }

    private static @Nullable Instant instant(String field, @Nullable String time) {
        try {
            return time == null || time.isBlank()
                    ? null
                    : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw Wrong.field(field, "must be a time such as 2026-11-23T08:00:00Z");
        }
    }

    /// The order lines that hold, wait for or have allocated units of a SKU.
    @GET
    @Path("/{sku}/reservations")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<OpenLine> reservations(@RestPath String sku, @RestQuery @Nullable String after) {
        return Page.of(books.openLines(sku, line(after), Page.SIZE + 1), Page.SIZE, StockResource::position);
    }

    /// The order lines that are sold and wait for stock.
    @GET
    @Path("/backorders")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<OpenLine> backorders(@RestQuery @Nullable String after) {
        return Page.of(books.waitingLines(line(after), Page.SIZE + 1), Page.SIZE, StockResource::position);
    }

    /// The SKUs of which more is promised than lies there.
    @GET
    @Path("/shortages")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<Shortage> shortages(@RestQuery @Nullable String after) {
        String[] parts = parts(after);
        return Page.of(
                books.shortPools(parts.length == 0 ? null : new StockKey(parts[0], parts[1]), Page.SIZE + 1).stream()
                        .map(Shortage::of)
                        .toList(),
                Page.SIZE,
                shortage -> shortage.pool() + SEPARATOR + shortage.sku());
    }

    /// What channels sold when nothing was left, oldest first.
    @GET
    @Path("/oversells")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<RecordedOversell> oversells(@RestQuery @Nullable String after) {
        return Page.of(
                books.oversells(number(after), Page.SIZE + 1), Page.SIZE, oversell -> Long.toString(oversell.seq()));
    }

    /// Where the world and the book disagreed, oldest first.
    @GET
    @Path("/discrepancies")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<RecordedDiscrepancy> discrepancies(@RestQuery @Nullable String after) {
        return Page.of(
                books.discrepancies(number(after), Page.SIZE + 1),
                Page.SIZE,
                discrepancy -> Long.toString(discrepancy.seq()));
    }

    /// Rebuilds every sum from the ledger and compares; with `repair=true` it writes the true sums, each
    /// with an audit row.
    @POST
    @Path("/check")
    @RolesAllowed(Roles.OPERATOR)
    public Checked check(@RestQuery boolean repair) {
        StockCheck.Report report = repair ? check.repair() : check.compare();
        return new Checked(
                report.drifts().isEmpty(),
                report.compared(),
                report.drifts(),
                report.drifts().size() >= StockCheck.DRIFTS_MAX,
                report.repaired());
    }

    private static int sum(List<PoolPosition> pools, ToIntFunction<PoolPosition> part) {
        return pools.stream().mapToInt(part).sum();
    }

    private static String position(OpenLine line) {
        return line.orderId() + SEPARATOR + line.lineId();
    }

    private static @Nullable LineKey line(@Nullable String after) {
        String[] parts = parts(after);
        return parts.length == 0 ? null : new LineKey(parts[0], parts[1]);
    }

    private static String[] parts(@Nullable String after) {
        @Nullable String position = Page.position(after);
        if (position == null) {
            return new String[0];
        }
        int middle = position.indexOf(SEPARATOR);
        if (middle < 0) {
            throw Page.invalidCursor();
        }
        return new String[] {position.substring(0, middle), position.substring(middle + 1)};
    }

    private static long number(@Nullable String after) {
        @Nullable String position = Page.position(after);
        try {
            return position == null ? 0 : Long.parseLong(position);
        } catch (NumberFormatException e) {
            throw Page.invalidCursor();
        }
    }

    /// @param free units that can be promised now
    /// @param shortBy units promised beyond what lies there
    /// @param inTransit units on their way, by destination; they lie nowhere, and nobody is promised them
    record Stock(
            String sku,
            int onHand,
            int reserved,
            int free,
            int shortBy,
            int backordered,
            List<InPool> pools,
            List<AtLocation> locations,
            List<Transfers.InTransit> inTransit) {}

    record InPool(String pool, int onHand, int reserved, int free, int shortBy, int backordered, int exposed) {

        static InPool of(PoolPosition pool) {
            return new InPool(
                    pool.key().pool(),
                    pool.onHand(),
                    pool.reserved(),
                    pool.free(),
                    pool.shortBy(),
                    pool.backordered(),
                    pool.exposed());
        }
    }

    /// @param lastMovement the number of the newest movement there: what a count that begins now is as of
    record AtLocation(String locationId, int onHand, int allocated, int shortBy, long lastMovement) {

        static AtLocation of(Position position) {
            return new AtLocation(
                    position.key().location(),
                    position.onHand(),
                    position.allocated(),
                    position.shortBy(),
                    position.lastMovement());
        }
    }

    record Shortage(String pool, String sku, int onHand, int reserved, int shortBy) {

        static Shortage of(PoolPosition pool) {
            return new Shortage(pool.key().pool(), pool.key().sku(), pool.onHand(), pool.reserved(), pool.shortBy());
        }
    }

    /// @param clean whether every sum is what the ledger says
    /// @param more whether there may be more drifts than are listed
    record Checked(
            boolean clean, LedgerCheck.Extent compared, List<LedgerCheck.Drift> drifts, boolean more, int repaired) {}
}
