package io.hubline.connector.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Writes and reads numbers of stock.
public interface StockPort extends Adapter {

    /// Where an offer's number stands; empty while the channel's ids for it are not known.
    Optional<Place> place(OfferAddress offer);

    /// Whether the channel refuses a number where something else stands than was expected. Where it does
    /// not, a write may bury a sale that nobody has told the hub yet, and each is confirmed by a reading
    /// once every sale is booked.
    boolean comparesBeforeSetting();

    /// Whether the channel may raise its number again when a sale is cancelled, whoever cancels it. Where
    /// that is not known, it may: what is counted as sellable and is not costs a sale, and the other way
    /// round a unit is sold twice.
    boolean restocksCancelled();

    /// How many numbers one call takes.
    int writesAtOnce();

    /// How many places one reading takes.
    int readsAtOnce();

    /// Sets numbers in one call, all or none.
    ///
    /// @param key names the call: repeated with the same numbers in the same order, the channel carries it
    ///     out once
    Outcome<WriteAnswer> setQuantities(Account account, UUID key, List<QuantityWrite> writes);

    /// What stands at the places; empty where the channel does not count the item at the location.
    Outcome<Map<Place, OptionalLong>> readQuantities(Account account, List<Place> places);
}
