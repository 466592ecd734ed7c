package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.CountOutcome;
import io.hubline.inventory.stock.StockService.Counted;
import io.hubline.inventory.stock.domain.Moment;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What somebody counted, as of now or as of a moment that has passed.
@Path("/stock/counts")
class CountResource {

    private static final int TEXT_MAX = 200;
    private static final int ROWS_MAX = 1_000;

    private final StockService stock;
    private final InstantSource clock;

    CountResource(StockService stock, InstantSource clock) {
        this.stock = stock;
        this.clock = clock;
    }

    /// Books the differences. Every row is answered for itself; a row that is refused changes nothing, and
    /// those beside it are booked.
    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    public Count count(@Valid CountRequest request) {
        Instant now = clock.instant();
        Map<Integer, RowAnswer> answers = new TreeMap<>();
        List<Integer> numbers = new ArrayList<>();
        List<Counted> rows = new ArrayList<>();
        for (int i = 0; i < request.rows().size(); i++) {
            RowRequest row = request.rows().get(i);
            int number = i + 1;
            if (row.countedAt() != null && row.asOf() != null) {
                answers.put(number, RowAnswer.refused(number, row, "countedAt and asOf say the same; one must go"));
            } else if (row.countedAt() != null && row.countedAt().isAfter(now)) {
                answers.put(number, RowAnswer.refused(number, row, "countedAt is in the future"));
            } else {
                numbers.add(number);
                rows.add(new Counted(
                        new PositionKey(row.sku(), row.locationId()),
                        row.onHand(),
                        row.moment(),
                        request.countId() + "/" + number));
            }
        }
        List<CountOutcome> outcomes = stock.count(request.countId(), rows)
                .orElseThrow(
                        () -> Problem.of(409, "id-has-other-content", "Something else was asked under this id before")
                                .with("countId", request.countId())
                                .asException());
        for (int i = 0; i < outcomes.size(); i++) {
            int number = numbers.get(i);
            answers.put(number, RowAnswer.of(number, request.rows().get(number - 1), outcomes.get(i)));
        }
        return new Count(request.countId(), List.copyOf(answers.values()));
    }

    record CountRequest(
            @NotBlank @Size(max = TEXT_MAX) String countId,
            @NotEmpty @Size(max = ROWS_MAX) List<@NotNull @Valid RowRequest> rows) {}

    /// @param countedAt when it was counted, by the clock; without it and `asOf` it is now
    /// @param asOf the number of the position's newest movement before somebody began to count
    record RowRequest(
            @NotBlank @Size(max = TEXT_MAX) String sku,
            @NotBlank @Size(max = TEXT_MAX) String locationId,
            @PositiveOrZero @Max(ImportRows.UNITS_MAX) int onHand,
            @Nullable Instant countedAt,
            @PositiveOrZero @Nullable Long asOf) {

        Moment moment() {
            if (asOf != null) {
                return new Moment.Movement(asOf);
            }
            return countedAt == null ? new Moment.Now() : new Moment.At(countedAt);
        }
    }

    record Count(String countId, List<RowAnswer> rows) {}

    /// @param row its place in the request, from 1
    /// @param missing how many more units had left since than were counted, where nothing lies there now
    /// @param reason why it was refused; absent where it was not
    record RowAnswer(
            int row,
            String sku,
            String locationId,
            Result result,
            int missing,
            @Nullable String reason) {

        static RowAnswer of(int number, RowRequest row, CountOutcome outcome) {
            return switch (outcome) {
                case CountOutcome.Applied(int cutUnits) ->
                    new RowAnswer(number, row.sku(), row.locationId(), Result.APPLIED, cutUnits, null);
                case CountOutcome.Repeated _ ->
                    new RowAnswer(number, row.sku(), row.locationId(), Result.REPEATED, 0, null);
                case CountOutcome.KeyHasOtherContent _ -> refused(number, row, "another count has this row");
                case CountOutcome.Refused(String reason) -> refused(number, row, reason);
            };
        }

        static RowAnswer refused(int number, RowRequest row, String reason) {
            return new RowAnswer(number, row.sku(), row.locationId(), Result.REFUSED, 0, reason);
        }
    }

    /// What became of a row.
    enum Result {
        APPLIED,
        REPEATED,
        REFUSED
    }
}
