package io.hubline.connector.listing;

import java.time.Instant;
import java.util.Collection;

/// Hears that offers stand otherwise at their channel than was last announced.
@FunctionalInterface
public interface ListingNews {

    /// Joins the caller's transaction, after the change was written.
    void changed(String account, Collection<String> offers, Instant now);
}
