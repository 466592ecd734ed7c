package io.hubline.connector.spi;

import io.hubline.contracts.connector.ChannelReturn;

/// A return of a channel, in the words of the hub.
///
/// @param channelReturnId the channel's id, unique per account
public record ForeignReturn(String channelReturnId, ChannelReturn goods) {}
