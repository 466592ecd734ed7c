package io.hubline.connector.spi;

import io.hubline.contracts.Recipient;
import io.hubline.contracts.connector.ChannelOrder;

/// An order of a channel, in the words of the hub.
public record ForeignOrder(OrderMark mark, ChannelOrder order, Recipient recipient) {}
