package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.StockCheck;
import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.inventory.stock.domain.StockBooks;
import io.hubline.inventory.stock.domain.StockBooks.LineKey;
import io.hubline.inventory.stock.domain.StockBooks.OpenLine;
import io.hubline.inventory.stock.domain.StockBooks.RecordedDiscrepancy;
import io.hubline.inventory.stock.domain.StockBooks.RecordedOversell;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The two books, to look at and to check.
@Path("/stock")
class StockResource {

    // No id holds it: it separates the two parts of a cursor.
    private static final char SEPARATOR = '\u0000';

    private final StockBooks books;
    private final StockCheck check;

    StockResource(StockBooks books, StockCheck check) {
        this.books = books;
        this.check = check;
    }

    /// What lies of a SKU, and what is promised of it.
    @GET
    @Path("/{sku}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Stock stock(@RestPath String sku) {
        PoolPosition pool = books.pools(sku).stream()
                .findFirst()
                .orElseThrow(() -> Problem.of(404, "unknown-sku", "This SKU was never in stock and never sold")
                        .asException());
        return new Stock(
                sku,
                pool.onHand(),
                pool.reserved(),
                pool.free(),
                pool.shortBy(),
                pool.backordered(),
                books.positions(sku).stream().map(AtLocation::of).toList());
    }

    /// Every movement of a SKU, oldest first.
    @GET
    @Path("/{sku}/movements")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<RecordedMovement> movements(@RestPath String sku, @RestQuery @Nullable String after) {
        return Page.of(
                books.movements(sku, number(after), Page.SIZE + 1),
                Page.SIZE,
                movement -> Long.toString(movement.seq()));
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
    /// with an audit
    /// row.
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
    record Stock(
            String sku, int onHand, int reserved, int free, int shortBy, int backordered, List<AtLocation> locations) {}

    record AtLocation(String locationId, int onHand, int allocated, int shortBy) {

        static AtLocation of(Position position) {
            return new AtLocation(
                    position.key().location(), position.onHand(), position.allocated(), position.shortBy());
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
