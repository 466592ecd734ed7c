package io.hubline.order.process.domain;

import java.time.Instant;

/// One thing to decide first.
///
/// @param detail for a person; without personal data, for it is announced
/// @param waived a person decided that this cause does not count; it counts again when its detail changes
public record Hold(HoldReason reason, String detail, Instant placedAt, boolean waived) {}
