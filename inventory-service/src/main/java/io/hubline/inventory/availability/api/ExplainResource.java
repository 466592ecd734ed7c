package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.ExplainService;
import io.hubline.inventory.availability.ExplainService.Explanation;
import io.hubline.inventory.availability.ExplainService.Which;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Why an offer shows what it shows, or showed what it showed.
@Path("/availability/{account}/{sku}/explain")
class ExplainResource {

    private final ExplainService explain;

    ExplainResource(ExplainService explain) {
        this.explain = explain;
    }

    /// What adds up to the number of each offer of the account that sells the SKU, down to the entries of
    /// both books.
    ///
    /// @param sequence of an earlier number; without it and `at` it is the one that counts now
    /// @param at a time, as `2026-11-23T10:15:30Z`: the number that counted then
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Explained explain(
            @RestPath String account,
            @RestPath String sku,
            @RestQuery @Nullable String sequence,
            @RestQuery @Nullable String at) {
        Which which = which(sequence, at);
        List<Explanation> found = explain.explain(account, sku, which);
        if (found.isEmpty()) {
            throw which instanceof Which.Newest
                    ? Problem.of(404, "unknown-offer", "The catalogue never announced this offer")
                            .asException()
                    : Problem.of(404, "unknown-publication", "No such number was announced, or it is kept no longer")
                            .asException();
        }
        return new Explained(
                account, sku, found.stream().map(ExplainedOffer::of).toList());
    }

    private static Which which(@Nullable String sequence, @Nullable String at) {
        if (sequence != null && at != null) {
            throw invalid("at", "must not be given together with sequence");
        }
        if (sequence != null) {
            try {
                return new Which.Sequence(Long.parseLong(sequence));
            } catch (NumberFormatException e) {
                throw invalid("sequence", "must be a number");
            }
        }
        if (at != null) {
            try {
                return new Which.At(Instant.parse(at));
            } catch (DateTimeException e) {
                throw invalid("at", "must be a time, such as 2026-11-23T10:15:30Z");
            }
        }
        return new Which.Newest();
    }

    private static ProblemException invalid(String field, String reason) {
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .with("errors", List.of(Map.of("field", field, "reason", reason)))
                .asException();
    }

    /// @param offers one entry per offer
    record Explained(String account, String sku, List<ExplainedOffer> offers) {}
}
