package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.TransferService;
import io.hubline.inventory.stock.TransferService.TransferOutcome;
import io.hubline.inventory.stock.domain.Grounds;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.Transfer;
import io.hubline.inventory.stock.domain.Transfers;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Units on their way from one location to another.
@Path("/transfers")
class TransferResource {

    private static final int TEXT_MAX = 200;
    private static final int LINES_MAX = 1_000;
    // The ledger names a movement by these ids, so they must be told apart in its text.
    private static final String ID = "[^\\s/]{1,100}";
    private static final String ID_RULE = "must be 1 to 100 characters without spaces and slashes";

    private final TransferService transfers;
    private final Transfers books;

    TransferResource(TransferService transfers, Transfers books) {
        this.transfers = transfers;
        this.books = books;
    }

    /// Sends units: they leave their location at once, and are in transit from then on.
    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public TransferView send(
            @RestPath @Pattern(regexp = ID, message = ID_RULE) String id, @Valid @NotNull SendRequest request) {
        if (request.fromLocationId().equals(request.toLocationId())) {
            throw Wrong.field("toLocationId", "must not be where the units are");
        }
        return view(
                "transferId",
                id,
                transfers.send(id, request.fromLocationId(), request.toLocationId(), units(request.lines())));
    }

    /// Books units that arrived, all that was sent or a part of it.
    @POST
    @Path("/{id}/receipts")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public TransferView receive(@RestPath String id, @Valid @NotNull ReceiptRequest request) {
        return view(
                "receiptId", request.receiptId(), transfers.receive(id, request.receiptId(), units(request.lines())));
    }

    /// Gives up what has not arrived: it is lost.
    @POST
    @Path("/{id}/close")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public TransferView close(@RestPath String id, @Valid @NotNull CloseRequest request) {
        Grounds loss = Grounds.of(request.reason())
                .filter(Grounds::explainsLossOnTheWay)
                .orElseThrow(() -> Wrong.field("reason", "does not explain why units never arrived"));
        return view("transferId", id, transfers.close(id, loss));
    }

    /// One transfer, and what has arrived of it.
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public TransferView find(@RestPath String id) {
        return view(transfers.find(id).orElseThrow(TransferResource::unknown));
    }

    /// Transfers in the order of their ids.
    ///
    /// @param inTransit only those of which units are on their way
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Page<TransferView> page(@RestQuery boolean inTransit, @RestQuery @Nullable String after) {
        return Page.of(
                books.page(inTransit, Page.position(after), Page.SIZE + 1).stream()
                        .map(transfer -> TransferView.of(transfer, null))
                        .toList(),
                Page.SIZE,
                TransferView::transferId);
    }

    private static SortedMap<String, Integer> units(List<Line> lines) {
        SortedMap<String, Integer> units = new TreeMap<>();
        for (Line line : lines) {
            if (units.put(line.sku(), line.quantity()) != null) {
                throw Wrong.field("lines", "%s is there twice".formatted(line.sku()));
            }
        }
        return units;
    }

    private TransferView view(String field, String id, TransferOutcome outcome) {
        return switch (outcome) {
            case TransferOutcome.Done(Transfer transfer) -> view(transfer);
            case TransferOutcome.Unknown _ -> throw unknown();
            case TransferOutcome.OtherContent _ ->
                throw Problem.of(409, "id-has-other-content", "Something else was asked under this id before")
                        .with(field, id)
                        .asException();
            case TransferOutcome.Refused(List<Outcome.Missing> missing) ->
                throw Problem.of(409, "not-transferable", "Fewer units can be moved than were asked for")
                        .with("missing", missing)
                        .asException();
            case TransferOutcome.NotInTransit _ ->
                throw Problem.of(409, "not-in-transit", "Nothing of the transfer is on its way")
                        .asException();
            case TransferOutcome.IsBundle(String sku) -> throw MovementResource.isBundle(sku);
        };
    }

    private TransferView view(Transfer transfer) {
        return TransferView.of(transfer, books.receipts(transfer.id()));
    }

    private static ProblemException unknown() {
        return Problem.of(404, "unknown-transfer", "Nobody sent a transfer with this id")
                .asException();
    }

    record SendRequest(
            @NotBlank @Size(max = TEXT_MAX) String fromLocationId,
            @NotBlank @Size(max = TEXT_MAX) String toLocationId,
            @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines) {}

    record ReceiptRequest(
            @NotBlank @Pattern(regexp = ID, message = ID_RULE)
            String receiptId,

            @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Valid Line> lines) {}

    /// @param reason one of [Grounds] that explains a loss
    record CloseRequest(@NotBlank @Size(max = TEXT_MAX) String reason) {}

    record Line(
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @Positive @Max(ImportRows.UNITS_MAX) int quantity) {}

    /// @param loss why the rest will not come; absent where nothing is lost
    /// @param receipts what has arrived; absent in lists
    record TransferView(
            String transferId,
            Transfer.State state,
            String fromLocationId,
            String toLocationId,
            Instant sentAt,
            @Nullable Instant closedAt,
            @Nullable Grounds loss,
            List<SentLine> lines,
            @Nullable List<Transfers.Received> receipts) {

        static TransferView of(Transfer transfer, @Nullable List<Transfers.Received> receipts) {
            return new TransferView(
                    transfer.id(),
                    transfer.state(),
                    transfer.from(),
                    transfer.to(),
                    transfer.sentAt(),
                    transfer.closedAt(),
                    transfer.loss(),
                    transfer.lines().entrySet().stream()
                            .map(line -> SentLine.of(line.getKey(), line.getValue()))
                            .toList(),
                    receipts);
        }
    }

    record SentLine(String sku, int sent, int received, int lost, int inTransit) {

        static SentLine of(String sku, Transfer.Line line) {
            return new SentLine(sku, line.sent(), line.received(), line.lost(), line.inTransit());
        }
    }
}
