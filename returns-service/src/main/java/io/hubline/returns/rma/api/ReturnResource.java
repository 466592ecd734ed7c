package io.hubline.returns.rma.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.returns.rma.ReturnDesk;
import io.hubline.returns.rma.ReturnDesk.Answer;
import io.hubline.returns.rma.ReturnDesk.OrderName;
import io.hubline.returns.rma.ReturnLookup;
import io.hubline.returns.rma.domain.ReturnBook.Filter;
import io.hubline.returns.rma.domain.ReturnBook.Summary;
import io.hubline.returns.rma.domain.RmaMachine.Asked;
import io.hubline.returns.rma.domain.RmaState;
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
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Returns: opened, looked up and answered.
@Path("/returns")
class ReturnResource {

    private final ReturnDesk desk;
    private final ReturnLookup lookup;

    ReturnResource(ReturnDesk desk, ReturnLookup lookup) {
        this.desk = desk;
        this.lookup = lookup;
    }

    /// Opens a return that the seller agreed to: the buyer may send the goods. The same id with the same
    /// content gets the same return.
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public RestResponse<ReturnView> open(@NotNull @Valid OpenRequest request) {
        Answer answer = desk.open(request.returnId(), request.order(), request.asked());
        if (answer instanceof Answer.NotFound) {
            throw Problem.of(404, "order-not-found", "There is no such order")
                    .detail("no event of the order book has told of this order yet")
                    .asException();
        }
        ReturnView view = Answers.view(String.valueOf(request.returnId()), answer, lookup);
        return answer instanceof Answer.Done(String _, boolean first) && first
                ? RestResponse.status(RestResponse.Status.CREATED, view)
                : RestResponse.ok(view);
    }

    /// Returns in the order of their ids, each with what is to be done next.
    ///
    /// @param state such as `WAITING`, `REQUESTED` or `OPEN`
    /// @param needsPerson only those that wait for a person, or only the others
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Summary> list(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String orderId,
            @RestQuery @Nullable Boolean needsPerson,
            @RestQuery @Nullable String after) {
        List<Summary> found = lookup.page(
                new Filter(state(state), account, orderId, needsPerson), Page.position(after), Page.SIZE + 1);
        return Page.of(found, Page.SIZE, Summary::returnId);
    }

    private static @Nullable RmaState state(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Arrays.stream(RmaState.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Answers.invalid("state", "must be one of " + Arrays.toString(RmaState.values())));
    }

    /// One return with its units, its history and what is to be done next.
    @GET
    @Path("/{returnId}")
    @RolesAllowed(Roles.VIEWER)
    public ReturnView get(@RestPath String returnId) {
        return lookup.dossier(returnId).map(ReturnView::of).orElseThrow(() -> Answers.notFound(returnId));
    }

    /// Says yes to a buyer who asks.
    @POST
    @Path("/{returnId}/authorisation")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView authorise(@RestPath String returnId) {
        return Answers.view(returnId, desk.authorise(returnId), lookup);
    }

    /// Says no to a buyer who asks.
    @POST
    @Path("/{returnId}/decline")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView decline(@RestPath String returnId, @NotNull @Valid DeclineRequest request) {
        return Answers.view(returnId, desk.decline(returnId, request.reason()), lookup);
    }

    /// Calls a return off of which nothing has moved.
    @POST
    @Path("/{returnId}/cancellation")
    @RolesAllowed(Roles.OPERATOR)
    public ReturnView cancel(@RestPath String returnId) {
        return Answers.view(returnId, desk.cancel(returnId), lookup);
    }

    /// A return to open, for an order named by the hub's id or by the channel's.
    ///
    /// @param returnId the caller's name for it; without it every request opens another return
    record OpenRequest(
            @Nullable @Pattern(regexp = Answers.ID) String returnId,
            @Nullable @Size(max = 100) String orderId,
            @Nullable @Size(max = 100) String account,
            @Nullable @Size(max = 200) String externalId,
            @NotEmpty @Size(max = Answers.LINES_MAX) List<@NotNull @Valid OpenLine> lines) {

        OrderName order() {
            boolean atChannel = account != null || externalId != null;
            if (orderId != null && !orderId.isBlank()) {
                if (atChannel) {
                    throw Answers.invalid("orderId", "names the order alone, or account and externalId do");
                }
                return new OrderName.Id(orderId);
            }
            if (account == null || account.isBlank()) {
                throw Answers.invalid(atChannel ? "account" : "orderId", "must name the order");
            }
            if (externalId == null || externalId.isBlank()) {
                throw Answers.invalid("externalId", "must name the order, together with account");
            }
            return new OrderName.AtChannel(account, externalId);
        }

        List<Asked> asked() {
            Set<String> named = new HashSet<>();
            for (int i = 0; i < lines.size(); i++) {
                if (!named.add(lines.get(i).lineId())) {
                    throw Answers.invalid("lines[%d].lineId".formatted(i), "names a line that was named before");
                }
            }
            return lines.stream()
                    .map(line -> new Asked(line.lineId(), line.quantity(), line.reason()))
                    .toList();
        }
    }

    /// @param lineId the order line at the hub, as `GET /orders/{orderId}` of the order book shows it
    record OpenLine(
            @NotBlank @Size(max = 100) String lineId,
            @Positive @Max(Answers.UNITS_MAX) int quantity,
            @NotNull @Pattern(regexp = Answers.WORD) String reason) {}

    /// @param reason a word for why, without personal data
    record DeclineRequest(
            @NotNull @Pattern(regexp = Answers.WORD) String reason) {}
}
