package io.hubline.connector.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of changed orders.
///
/// @param orders full orders, where the listing carries them: of these none is fetched again
/// @param next null on the last page
/// @param channelTime every change before this moment of the channel's clock is listed; null where it does
///     not say
public record OrderPage(
        List<OrderMark> marks,
        List<ForeignOrder> orders,
        @Nullable Cursor next,
        @Nullable Instant channelTime) {

    public OrderPage {
        marks = List.copyOf(marks);
        orders = List.copyOf(orders);
    }
}
