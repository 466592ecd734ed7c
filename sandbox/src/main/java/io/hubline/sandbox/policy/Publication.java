package io.hubline.sandbox.policy;

/// What the hub says that a channel should show.
///
/// @param permit the sequence of the publication that granted the number; zero where the number is shared
/// @param sold units ever booked as sold through the channel
/// @param cancelled units of those that are not wanted any more
record Publication(int channel, long sequence, long permit, int quantity, long sold, long cancelled) {}
