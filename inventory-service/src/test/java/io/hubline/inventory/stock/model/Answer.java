package io.hubline.inventory.stock.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command is answered.
public sealed interface Answer {

    /// It was done, or there was nothing to do.
    record Done() implements Answer {}

    /// Less lies there than would go.
    record NotOnHand(int onHand) implements Answer {}

    /// It contradicts what was booked, and changed nothing.
    record Failed() implements Answer {}

    /// The hold as it is now.
    record Held(
            String id, String state, long until, @Nullable String channelOrder) implements Answer {}

    /// Not everything can be kept, so nothing is.
    ///
    /// @param missing "SKU wanted available" of each SKU of which there is too little
    record Refused(List<String> missing) implements Answer {

        public Refused {
            missing = List.copyOf(missing);
        }
    }

    /// Something else was asked under this id before.
    record Conflict() implements Answer {}

    /// The hold is past that.
    record Gone(String state) implements Answer {}

    /// Nothing was ever held under this id.
    record Unknown() implements Answer {}

    /// It is sold as one and lies there as several.
    record IsBundle() implements Answer {}

    /// More would lie there than can be counted.
    record TooMany() implements Answer {}

    /// The books do not know what lay there then.
    record NotBooked() implements Answer {}

    /// So much less was counted than has left since, that nothing lies there.
    record CutAtZero(int units) implements Answer {}

    /// Nothing of it is on its way.
    record NotInTransit() implements Answer {}
}
