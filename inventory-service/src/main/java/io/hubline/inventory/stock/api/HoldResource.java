package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.Answer;
import io.hubline.inventory.stock.Ask;
import io.hubline.inventory.stock.HoldService;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.audit.Actor;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Units kept for buyers at a checkout. The storefront chooses the id, so a repeated request keeps once and
/// gets the first answer.
@Path("/holds")
class HoldResource {

    private static final int LINES_MAX = 100;
    private static final int UNITS_MAX = 100_000_000;
    private static final int TEXT_MAX = 200;
    private static final Duration LIFE_MAX = Duration.ofDays(1);

    private final HoldService holds;
    private final Actor actor;
    private final SecurityIdentity identity;

    HoldResource(HoldService holds, Actor actor, SecurityIdentity identity) {
        this.holds = holds;
        this.actor = actor;
        this.identity = identity;
    }

    /// Keeps the units of all lines, or none of them.
    @PUT
    @Path("/{id}")
    @NonBlocking
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Uni<RestResponse<HoldView>> grant(@RestPath String id, @Nullable HoldRequest request) {
        Instant now = holds.now();
        SortedMap<String, Integer> lines = lines(request);
        String pool = request == null || request.pool() == null ? StockKey.DEFAULT_POOL : text("pool", request.pool());
        Instant expiresAt = expiry(
                now, request == null ? null : request.expiresInSeconds(), request == null ? null : request.expiresAt());
        text("id", id);
        return answer(
                () -> holds.grant(Ask.Source.of(actor), id, pool, lines, now, expiresAt),
                hold -> RestResponse.status(
                        hold.grantedAt().equals(now) ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        HoldView.of(hold)));
    }

    /// One hold.
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public HoldView hold(@RestPath String id) {
        return HoldView.of(holds.find(id).orElseThrow(() -> unknown().asException()));
    }

    /// Holds that were left in a state, in the order of their ids: those that are paid and whose order did
    /// not come are `CONVERTING`.
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Page<HoldView> holds(@RestQuery @Nullable String state, @RestQuery @Nullable String after) {
        return Page.of(
                holds.page(state(state), Page.position(after), Page.SIZE + 1).stream()
                        .map(HoldView::of)
                        .toList(),
                Page.SIZE,
                HoldView::id);
    }

    /// Keeps the units longer; never shorter.
    @POST
    @Path("/{id}/extend")
    @NonBlocking
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Uni<RestResponse<HoldView>> extend(@RestPath String id, @Nullable ExtendRequest request) {
        Instant expiresAt = expiry(
                holds.now(),
                request == null ? null : request.expiresInSeconds(),
                request == null ? null : request.expiresAt());
        return answer(
                () -> holds.extend(Ask.Source.of(actor), text("id", id), expiresAt),
                hold -> RestResponse.ok(HoldView.of(hold)));
    }

    /// The buyer has paid: the units are for this order, whenever it comes.
    @POST
    @Path("/{id}/convert")
    @NonBlocking
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Uni<RestResponse<HoldView>> convert(@RestPath String id, @Nullable ConvertRequest request) {
        String account = text("account", request == null ? null : request.account());
        String order = text("externalId", request == null ? null : request.externalId());
        return answer(
                () -> holds.convert(Ask.Source.of(actor), text("id", id), account + ":" + order),
                hold -> RestResponse.ok(HoldView.of(hold)));
    }

    /// Keeps the units no longer. When the buyer is said to have paid, an operator has to do it.
    @DELETE
    @Path("/{id}")
    @NonBlocking
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Uni<RestResponse<HoldView>> release(@RestPath String id) {
        return answer(
                () -> holds.release(Ask.Source.of(actor), text("id", id), identity.hasRole(Roles.OPERATOR)),
                hold -> RestResponse.ok(HoldView.of(hold)));
    }

    private static Uni<RestResponse<HoldView>> answer(
            Supplier<CompletionStage<Answer>> asked, Function<Hold, RestResponse<HoldView>> granted) {
        return Uni.createFrom().completionStage(asked).map(answer -> switch (answer.outcome()) {
            case Outcome.Granted(Hold hold) -> granted.apply(hold);
            case Outcome.Done _ -> RestResponse.noContent();
            case Outcome outcome -> throw refusal(outcome);
        });
    }

    private static ProblemException refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused(List<Outcome.Missing> missing) ->
                Problem.of(409, "insufficient-stock", "Not everything can be kept")
                        .with("missing", missing)
                        .asException();
            case Outcome.Conflict _ ->
                Problem.of(409, "id-has-other-content", "Something else was asked under this id before")
                        .asException();
            case Outcome.Gone(Hold.State state) -> gone(state).asException();
            case Outcome.NoSuchHold _ -> unknown().asException();
            case Outcome.UnknownSku(String sku) ->
                Problem.of(422, "unknown-sku", "This SKU was never in stock and never sold")
                        .with("sku", sku)
                        .asException();
            case Outcome.Failed(RuntimeException why) -> throw new IllegalStateException(why);
            case Outcome other -> throw new IllegalStateException("a hold was answered " + other);
        };
    }

    private static Problem gone(Hold.State state) {
        boolean paid = state == Hold.State.CONVERTING || state == Hold.State.CONVERTED;
        return (paid
                        ? Problem.of(409, "hold-paid", "The buyer has paid")
                        : Problem.of(410, "hold-gone", "The hold is over"))
                .with("state", state);
    }

    private static Problem unknown() {
        return Problem.of(404, "unknown-hold", "There is no such hold");
    }

    // What is asked, looked over by hand: this is the one request of which there are thousands a second.

    private static SortedMap<String, Integer> lines(@Nullable HoldRequest request) {
        @Nullable List<@Nullable HoldLine> asked = request == null ? null : request.lines();
        if (asked == null || asked.isEmpty() || asked.size() > LINES_MAX) {
            throw Wrong.field("lines", "must be 1 to %d lines".formatted(LINES_MAX));
        }
        SortedMap<String, Integer> lines = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            @Nullable HoldLine line = asked.get(i);
            String field = "lines[%d].".formatted(i);
            String sku = text(field + "sku", line == null ? null : line.sku());
            int before = lines.getOrDefault(sku, 0);
            int units = line == null || line.quantity() == null ? 0 : line.quantity();
            // Both are at most a hundred million: their sum is a number.
            if (units < 1 || units > UNITS_MAX || before + units > UNITS_MAX) {
                throw Wrong.field(field + "quantity", "must be 1 to %d units of a SKU".formatted(UNITS_MAX));
            }
            lines.put(sku, before + units);
        }
        return lines;
    }

    private static Instant expiry(Instant now, @Nullable Integer seconds, @Nullable Instant at) {
        if ((seconds == null) == (at == null)) {
            throw Wrong.field("expiresInSeconds", "either it or expiresAt must be given");
        }
        if (seconds != null) {
            if (seconds < 1 || seconds > LIFE_MAX.toSeconds()) {
                throw Wrong.field("expiresInSeconds", "must be 1 to " + LIFE_MAX.toSeconds());
            }
            return now.plusSeconds(seconds);
        }
        if (at == null || !at.isAfter(now) || at.isAfter(now.plus(LIFE_MAX))) {
            throw Wrong.field("expiresAt", "must lie within the next " + LIFE_MAX.toHours() + " hours");
        }
        // Micros, as it is kept, and never shorter than asked for.
        return at.plusNanos(999).truncatedTo(ChronoUnit.MICROS);
    }

    private static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > TEXT_MAX || value.indexOf('\u0000') >= 0) {
            throw Wrong.field(field, "must have 1 to %d characters".formatted(TEXT_MAX));
        }
        return value;
    }

    private static Hold.State state(@Nullable String word) {
        for (Hold.State state : Hold.State.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        throw Wrong.field("state", "must be one of " + List.of(Hold.State.values()));
    }

    /// @param expiresInSeconds from now; either this or `expiresAt`
    /// @param pool whose units are kept; the default pool where it is left out
    record HoldRequest(
            @Nullable List<@Nullable HoldLine> lines,
            @Nullable Integer expiresInSeconds,
            @Nullable Instant expiresAt,
            @Nullable String pool) {}

    record HoldLine(@Nullable String sku, @Nullable Integer quantity) {}

    record ExtendRequest(
            @Nullable Integer expiresInSeconds, @Nullable Instant expiresAt) {}

    /// @param externalId the order's id at the account
    record ConvertRequest(
            @Nullable String account, @Nullable String externalId) {}

    /// @param channelOrder the order that the units are for, as account and its id there
    record HoldView(
            String id,
            Hold.State state,
            Instant grantedAt,
            Instant expiresAt,
            String pool,
            SortedMap<String, Integer> lines,
            @Nullable String channelOrder) {

        static HoldView of(Hold hold) {
            return new HoldView(
                    hold.id(),
                    hold.state(),
                    hold.grantedAt(),
                    hold.expiresAt(),
                    hold.pool(),
                    hold.lines(),
                    hold.channelOrder());
        }
    }
}
