package io.hubline.inventory.stock.domain;

import java.util.List;

/// What became of one request.
public sealed interface Outcome {

    /// It was carried out, or asked for nothing new.
    record Done() implements Outcome {}

    /// The hold as it is now.
    record Granted(Hold hold) implements Outcome {}

    /// Not everything can be kept, so nothing is.
    record Refused(List<Missing> missing) implements Outcome {

        public Refused {
            missing = List.copyOf(missing);
        }
    }

    /// Something else was asked under this id before.
    record Conflict() implements Outcome {}

    /// The hold is in a state in which this cannot be asked of it.
    record Gone(Hold.State state) implements Outcome {}

    /// There was never a hold with this id.
    record NoSuchHold() implements Outcome {}

    /// Less lies there than would go.
    record NotOnHand(PositionKey position, int onHand, int delta) implements Outcome {}

    /// The SKU is a bundle: its components come and go, it does not.
    record IsBundle(String sku) implements Outcome {}

    /// The ledger cannot take it.
    ///
    /// @param reason for a person
    record NotBooked(String reason) implements Outcome {}

    /// It was counted, and so much less than has left since that nothing lies there now.
    ///
    /// @param units how many more had left
    record CutAtZero(int units) implements Outcome {}

    /// More units would lie there than can be counted.
    record TooMany(PositionKey position) implements Outcome {}

    /// Nothing of the transfer is on its way.
    record NotInTransit() implements Outcome {}

    /// Stock never knew this SKU.
    record UnknownSku(String sku) implements Outcome {}

    /// The request contradicts the books, and changed nothing. Those beside it were decided as if it had
    /// not been there.
    record Failed(RuntimeException why) implements Outcome {

        /// For a person.
        public String reason() {
            return String.valueOf(why.getMessage());
        }
    }

    /// Too little of a SKU.
    ///
    /// @param sku as it was asked for
    /// @param available units that could be kept, after those before it in the same request
    record Missing(String sku, int wanted, int available) {}
}
