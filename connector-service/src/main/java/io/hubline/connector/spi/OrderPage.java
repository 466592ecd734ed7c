package io.hubline.connector.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of changed orders.
///
/// @param next null on the last page
/// @param channelTime the channel's clock when it answered; null where it does not say
public record OrderPage(
        List<OrderMark> marks,
        @Nullable Cursor next,
        @Nullable Instant channelTime) {

    public OrderPage {
        marks = List.copyOf(marks);
    }
}
