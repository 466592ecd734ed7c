package io.hubline.routing.plan.domain;

/// Units of one order line.
public record DemandLine(String lineId, String sku, int units) {

    public DemandLine {
        if (units < 0) {
            throw new IllegalArgumentException("line %s has %d units".formatted(lineId, units));
        }
    }
}
