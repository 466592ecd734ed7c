package io.hubline.connector.spi;

import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;
import java.util.List;

/// An order of a channel with its returns, in the words of the hub.
///
/// @param returns every return of the order; empty where the channel does not show them with the order
public record ForeignOrder(OrderMark mark, ChannelOrder order, Recipient recipient, List<ForeignReturn> returns) {

    public ForeignOrder {
        returns = List.copyOf(returns);
    }
}
