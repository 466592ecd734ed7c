package io.hubline.connector.act.domain;

/// The acts of one account, counted.
///
/// @param pending everything not settled yet
public record ActCounts(long pending, long failed) {

    public static final ActCounts NONE = new ActCounts(0, 0);
}
