package io.hubline.sandbox.amazon.store;

import java.time.Instant;

/// A number set from outside, when it took effect. `how` is `SUBMISSION` or `SABOTAGE`.
public record QuantityWrite(Instant at, String sku, int before, int after, String submissionId, String how) {}
