package io.hubline.routing.plan.domain;

import io.hubline.routing.plan.domain.Promise.PromisedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether an order may be planned now.
public sealed interface Readiness {

    /// Something is missing, which will come as an event.
    record NotReady(String waitsFor) implements Readiness {}

    /// Every wanted unit has a location or has left.
    record AllPlaced() implements Readiness {}

    /// These units are to be planned.
    record Ready(Demand demand) implements Readiness {}

    /// Judges by amounts and not by versions, because not every version of an order makes the ledger say
    /// something.
    static Readiness of(@Nullable Facts facts, @Nullable Promise promise) {
        if (facts == null) {
            return new NotReady("the order itself");
        }
        List<String> holds = facts.holds().stream()
                .filter(hold -> !hold.equals(Facts.UNROUTABLE))
                .sorted()
                .toList();
        if (!holds.isEmpty()) {
            return new NotReady("the release of " + String.join(", ", holds));
        }
        @Nullable String country = facts.country();
        if (country == null) {
            return new NotReady("a destination");
        }
        if (promise == null) {
            return new NotReady("the promise of its units");
        }
        Optional<String> missing =
                Stream.concat(missing(facts, promise), leftOver(facts, promise)).findFirst();
        if (missing.isPresent()) {
            return new NotReady(missing.get());
        }
        return planned(facts, country, promise);
    }

    private static Stream<String> missing(Facts facts, Promise promise) {
        return facts.lines().stream().flatMap(wanted -> {
            @Nullable PromisedLine promised = promise.line(wanted.lineId()).orElse(null);
            int there =
                    promised == null || !promised.sku().equals(wanted.sku()) ? 0 : promised.held() + promised.placed();
            if (there < wanted.units()) {
                return Stream.of("%d units of %s (line %s) that are not promised"
                        .formatted(wanted.units() - there, wanted.sku(), wanted.lineId()));
            }
            return there > wanted.units() && promised != null && promised.held() > 0
                    ? Stream.of("the release of units that line %s no longer wants".formatted(wanted.lineId()))
                    : Stream.empty();
        });
    }

    private static Stream<String> leftOver(Facts facts, Promise promise) {
        var wanted = facts.lines().stream().map(DemandLine::lineId).collect(Collectors.toSet());
        return promise.lines().stream()
                .filter(line -> line.held() > 0 && !wanted.contains(line.lineId()))
                .map(line -> "the release of line %s, which the order no longer has".formatted(line.lineId()));
    }

    private static Readiness planned(Facts facts, String country, Promise promise) {
        List<DemandLine> lines = new ArrayList<>();
        for (PromisedLine line : promise.lines()) {
            if (line.held() > 0) {
                lines.add(new DemandLine(line.lineId(), line.sku(), line.held()));
            }
        }
        lines.sort(Comparator.comparing(DemandLine::lineId));
        return lines.isEmpty()
                ? new AllPlaced()
                : new Ready(new Demand(country, facts.region(), facts.shipBy(), lines));
    }
}
