package io.hubline.returns.rma.api;

import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import io.hubline.returns.rma.ReturnDesk.Answer;
import io.hubline.returns.rma.ReturnLookup;
import io.hubline.returns.rma.domain.Refusal;
import io.hubline.returns.rma.domain.Rma;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// What became of a request, as an HTTP answer.
final class Answers {

    /// How callers name what they ask for. No colon: the hub puts ids together with it.
    static final String ID = "[A-Za-z0-9._-]{1,100}";

    /// A word for a reason or a condition; too narrow for a buyer's own text, which is personal.
    static final String WORD = "[A-Za-z][A-Za-z0-9_ -]{0,59}";

    static final int LINES_MAX = 200;
    static final int UNITS_MAX = 10_000;

    private Answers() {}

    /// The return after the request.
    ///
    /// @throws ProblemException when it was not followed
    static ReturnView view(String returnId, Answer answer, ReturnLookup lookup) {
        return switch (answer) {
            case Answer.Done done ->
                lookup.dossier(done.returnId()).map(ReturnView::of).orElseThrow(() -> notFound(returnId));
            case Answer.NotFound _ -> throw notFound(returnId);
            case Answer.OtherContent(String kind, String id) -> throw otherContent(kind, id);
            case Answer.Refused(Rma rma, Refusal refusal) -> throw refused(rma, refusal);
        };
    }

    static ProblemException notFound(String returnId) {
        return Problem.of(404, "return-not-found", "There is no such return")
                .with("returnId", returnId)
                .asException();
    }

    static ProblemException otherContent(String kind, String id) {
        return Problem.of(409, "id-has-other-content", "Something else was asked under this id before")
                .with("kind", kind)
                .with("id", id)
                .asException();
    }

    /// A value that breaks a rule which no annotation can say.
    static ProblemException invalid(String field, String reason) {
        return Problem.of(400, "invalid-request", "The request breaks a rule")
                .with("errors", List.of(new FieldError(field, reason)))
                .asException();
    }

    static ProblemException refused(Rma rma, Refusal refusal) {
        return problem(refusal)
                .detail(refusal.text())
                .with("returnId", rma.identity().returnId())
                .with("state", rma.state())
                .asException();
    }

    private static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.WrongState _ ->
                Problem.of(409, "return-wrong-state", "The return is not where this can happen");
            case Refusal.UnknownLine(String field, String lineId) ->
                Problem.of(409, "return-unknown-line", "There is no such line")
                        .with("lineId", lineId)
                        .with("errors", List.of(new FieldError(field, refusal.text())));
            case Refusal.TooManyUnits(String field, String lineId, int asked, int possible, String _) ->
                Problem.of(409, "return-too-many-units", "There are not so many units")
                        .with("lineId", lineId)
                        .with("asked", asked)
                        .with("possible", possible)
                        .with("errors", List.of(new FieldError(field, refusal.text())));
            case Refusal.PriceNotKnown(String field, String lineId) ->
                Problem.of(409, "price-not-known", "What was paid is not known")
                        .with("lineId", lineId)
                        .with("errors", List.of(new FieldError(field, refusal.text())));
            case Refusal.NothingToRefund _ -> Problem.of(409, "nothing-to-refund", "Nothing is left to pay back");
            case Refusal.ShippingNotKnown _ ->
                Problem.of(409, "shipping-not-known", "What was paid for shipping is not known")
                        .with("errors", List.of(new FieldError("shippingMinor", refusal.text())));
            case Refusal.TooMuchShipping(long asked, long possible) ->
                Problem.of(409, "shipping-exceeded", "More shipping is asked back than is left")
                        .with("askedMinor", asked)
                        .with("possibleMinor", possible)
                        .with("errors", List.of(new FieldError("shippingMinor", refusal.text())));
            case Refusal.UnknownRefund(String refundId) ->
                Problem.of(404, "refund-not-found", "The return has no such refund")
                        .with("refundId", refundId);
            case Refusal.NotRetryable(String refundId, var money) ->
                Problem.of(409, "refund-not-retryable", "Only a failed refund can be tried again")
                        .with("refundId", refundId)
                        .with("money", money);
        };
    }

    /// @param field the path in the request
    @RegisterForReflection
    record FieldError(String field, String reason) {}
}
