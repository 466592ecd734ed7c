package io.hubline.returns.rma.api;

import io.hubline.kit.security.Roles;
import io.hubline.returns.rma.ReturnDesk;
import io.hubline.returns.rma.ReturnLookup;
import io.hubline.returns.rma.domain.Command;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The goods of a return: they arrive, somebody looks at them, or they never come.
@Path("/returns/{returnId}")
class GoodsResource {

    private final ReturnDesk desk;
    private final ReturnLookup lookup;

    GoodsResource(ReturnDesk desk, ReturnLookup lookup) {
        this.desk = desk;
        this.lookup = lookup;
    }

    /// Takes goods in. The warehouse names each receipt, so a repeated one counts once.
    @POST
    @Path("/receipts")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView receive(@RestPath String returnId, @NotNull @Valid ReceiptRequest request) {
        return Answers.view(
                returnId,
                desk.receive(
                        returnId,
                        new Command.Receive(request.receiptId(), request.locationId(), units(request.lines()))),
                lookup);
    }

    /// Says what was found of goods that arrived, and what becomes of them. What the policy refunds is
    /// refunded at once.
    @POST
    @Path("/inspections")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView inspect(@RestPath String returnId, @NotNull @Valid InspectionRequest request) {
        return Answers.view(
                returnId,
                desk.inspect(returnId, new Command.Inspect(request.inspectionId(), request.findings())),
                lookup);
    }

    /// Gives up units that never came. The quantity is how many of the line are given up all in all, so
    /// that saying it again changes nothing.
    @POST
    @Path("/missing")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView giveUp(@RestPath String returnId, @NotNull @Valid MissingRequest request) {
        return Answers.view(returnId, desk.giveUp(returnId, units(request.lines())), lookup);
    }

    private static List<Command.Units> units(List<UnitsRequest> lines) {
        return lines.stream()
                .map(line -> new Command.Units(line.lineId(), line.quantity()))
                .toList();
    }

    record ReceiptRequest(
            @NotNull @Pattern(regexp = Answers.ID) String receiptId,
            @NotBlank @Size(max = 100) String locationId,
            @NotEmpty @Size(max = Answers.LINES_MAX) List<@NotNull @Valid UnitsRequest> lines) {}

    record MissingRequest(
            @NotEmpty @Size(max = Answers.LINES_MAX) List<@NotNull @Valid UnitsRequest> lines) {}

    record UnitsRequest(
            @NotBlank @Size(max = 100) String lineId,
            @Positive @Max(Answers.UNITS_MAX) int quantity) {}

    record InspectionRequest(
            @NotNull @Pattern(regexp = Answers.ID) String inspectionId,
            @NotEmpty @Size(max = Answers.LINES_MAX) List<@NotNull @Valid FindingRequest> lines) {

        List<Command.Finding> findings() {
            List<Command.Finding> findings = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                FindingRequest line = lines.get(i);
                @Nullable String location = line.locationId();
                if (line.disposition() == Command.Disposition.RESTOCK && (location == null || location.isBlank())) {
                    throw Answers.invalid(
                            "lines[%d].locationId".formatted(i), "must say where the units are restocked");
                }
                findings.add(new Command.Finding(
                        line.lineId(), line.quantity(), line.condition(), line.disposition(), location));
            }
            return findings;
        }
    }

    /// @param condition a word, such as `AS_NEW`
    /// @param locationId where the units lie from now on; needed to restock them
    record FindingRequest(
            @NotBlank @Size(max = 100) String lineId,
            @Positive @Max(Answers.UNITS_MAX) int quantity,
            @NotNull @Pattern(regexp = Answers.WORD) String condition,
            @NotNull Command.Disposition disposition,
            @Nullable @Size(max = 100) String locationId) {}
}
