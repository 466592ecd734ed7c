package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.MoveOutcome;
import io.hubline.inventory.stock.domain.Grounds;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;

/// Units that come and go. The caller names what he asks for, so a repeated request moves nothing and gets
/// the first answer.
@Path("/stock")
class MovementResource {

    private static final int UNITS_MAX = 100_000_000;
    private static final int TEXT_MAX = 200;
    private static final int LINES_MAX = 1_000;

    private final StockService stock;

    MovementResource(StockService stock) {
        this.stock = stock;
    }

    /// Books goods that arrived. Whoever waits for them is promised them at once.
    @POST
    @Path("/receipts")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Receipt receive(@Valid @NotNull ReceiptRequest request) {
        List<StockService.Line> lines = request.lines().stream()
                .map(line -> new StockService.Line(new PositionKey(line.sku(), line.locationId()), line.quantity()))
                .toList();
        return switch (stock.receive(request.receiptId(), lines)) {
            case MoveOutcome.Booked(List<RecordedMovement> movements) -> new Receipt(request.receiptId(), movements);
            case MoveOutcome.OtherContent _ -> throw otherContent("receiptId", request.receiptId());
            case MoveOutcome.NotOnHand _ -> throw new IllegalStateException("a receipt takes nothing away");
            case MoveOutcome.IsBundle(String sku) -> throw isBundle(sku);
            case MoveOutcome.TooMany(PositionKey position) -> throw tooMany(position);
        };
    }

    /// Books units that were found, lost or damaged.
    @POST
    @Path("/adjustments")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Adjustment adjust(@Valid @NotNull AdjustmentRequest request) {
        if (request.delta() == 0) {
            throw Wrong.field("delta", "must not be 0");
        }
        Grounds grounds = grounds(request.reason());
        if (!grounds.explains(request.delta())) {
            throw Wrong.field("reason", "%s does not explain a delta of %d".formatted(grounds, request.delta()));
        }
        PositionKey position = new PositionKey(request.sku(), request.locationId());
        return switch (stock.adjust(request.adjustmentId(), position, request.delta(), grounds)) {
            case MoveOutcome.Booked(List<RecordedMovement> movements) ->
                new Adjustment(request.adjustmentId(), movements);
            case MoveOutcome.OtherContent _ -> throw otherContent("adjustmentId", request.adjustmentId());
            case MoveOutcome.NotOnHand(int onHand) -> throw notOnHand(onHand, request.delta());
            case MoveOutcome.IsBundle(String sku) -> throw isBundle(sku);
            case MoveOutcome.TooMany(PositionKey there) -> throw tooMany(there);
        };
    }

    /// Books units that are unfit and thrown away.
    @POST
    @Path("/scraps")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Scrap scrap(@Valid @NotNull ScrapRequest request) {
        Grounds grounds = grounds(request.reason());
        if (!grounds.explainsScrap()) {
            throw Wrong.field("reason", grounds + " is no reason to throw units away");
        }
        PositionKey position = new PositionKey(request.sku(), request.locationId());
        return switch (stock.scrap(request.scrapId(), position, request.quantity(), grounds)) {
            case MoveOutcome.Booked(List<RecordedMovement> movements) -> new Scrap(request.scrapId(), movements);
            case MoveOutcome.OtherContent _ -> throw otherContent("scrapId", request.scrapId());
            case MoveOutcome.NotOnHand(int onHand) -> throw notOnHand(onHand, -request.quantity());
            case MoveOutcome.IsBundle(String sku) -> throw isBundle(sku);
            case MoveOutcome.TooMany(PositionKey there) -> throw tooMany(there);
        };
    }

    private static Grounds grounds(String word) {
        return Grounds.of(word).orElseThrow(() -> Wrong.field("reason", "must be one of " + Grounds.words()));
    }

    private static ProblemException notOnHand(int onHand, int delta) {
        return Problem.of(409, "not-on-hand", "Less lies there than would go")
                .with("onHand", onHand)
                .with("delta", delta)
                .asException();
    }

    static ProblemException isBundle(String sku) {
        return Problem.of(409, "sku-is-bundle", "The SKU lies in stock as its components")
                .with("sku", sku)
                .asException();
    }

    private static ProblemException tooMany(PositionKey position) {
        return Problem.of(409, "too-many-units", "More units would lie there than are counted here")
                .with("sku", position.sku())
                .with("locationId", position.location())
                .asException();
    }

    private static ProblemException otherContent(String field, String id) {
        return Problem.of(409, "id-has-other-content", "Something else was asked under this id before")
                .with(field, id)
                .asException();
    }

    record ReceiptRequest(
            @NotBlank @Size(max = TEXT_MAX) String receiptId,
            @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Valid ReceiptLine> lines) {}

    record ReceiptLine(
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @NotBlank @Size(max = TEXT_MAX) String locationId,
            @Positive @Max(UNITS_MAX) int quantity) {}

    record Receipt(String receiptId, List<RecordedMovement> movements) {}

    /// @param reason one of [Grounds]
    record AdjustmentRequest(
            @NotBlank @Size(max = TEXT_MAX) String adjustmentId,
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @NotBlank @Size(max = TEXT_MAX) String locationId,
            @Min(-UNITS_MAX) @Max(UNITS_MAX) int delta,
            @NotBlank @Size(max = TEXT_MAX) String reason) {}

    record Adjustment(String adjustmentId, List<RecordedMovement> movements) {}

    /// @param reason one of [Grounds]
    record ScrapRequest(
            @NotBlank @Size(max = TEXT_MAX) String scrapId,
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @NotBlank @Size(max = TEXT_MAX) String locationId,
            @Positive @Max(UNITS_MAX) int quantity,
            @NotBlank @Size(max = TEXT_MAX) String reason) {}

    record Scrap(String scrapId, List<RecordedMovement> movements) {}
}
