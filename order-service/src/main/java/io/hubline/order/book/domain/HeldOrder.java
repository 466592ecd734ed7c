package io.hubline.order.book.domain;

import java.time.Instant;

/// One hold in the queue of what is to decide.
public record HeldOrder(
        String orderId,
        String account,
        String externalId,
        String number,
        String reason,
        String detail,
        Instant placedAt) {}
