package io.hubline.connector.spi;

import java.util.Map;

/// Writes what buyers read and pay.
public interface ListingPort extends Adapter {

    /// Brings one page of the channel to what it should say, creating it where it is not there.
    ///
    /// Repeating it changes nothing, so a call whose outcome is unknown is simply made again. An offer that
    /// the answer leaves out was not reached, and is tried again with the whole page.
    ///
    /// @return how each offer stands afterwards, by offer
    Outcome<Map<String, ListingAnswer>> put(Account account, ListingWrite write);

    /// How the page stands at the channel now, by offer; an offer that is not there is left out.
    Outcome<Map<String, ListingAnswer>> read(Account account, ListingWrite write);
}
