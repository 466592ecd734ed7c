package io.hubline.connector.listing.domain;

/// The listings of one account, counted.
///
/// @param unsettled not as wanted at the channel, or not seen there yet
/// @param rejected those the channel will not have as they are
public record ListingCounts(long unsettled, long rejected) {

    public static final ListingCounts NONE = new ListingCounts(0, 0);
}
