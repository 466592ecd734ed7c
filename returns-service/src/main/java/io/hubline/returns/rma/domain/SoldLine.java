package io.hubline.returns.rma.domain;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One line of an order, as returns see it.
///
/// @param channelLineId null while neither a price nor a parcel has told it
/// @param shipped units that left
/// @param shippedAt when the last of them left; null before
/// @param sale what was paid; null while the channel has not said
/// @param refundedMinor everything ever asked back for it
/// @param taken numbers of the units that returns have
public record SoldLine(
        String lineId,
        @Nullable String channelLineId,
        String sku,
        int shipped,
        @Nullable Instant shippedAt,
        @Nullable Sale sale,
        long refundedMinor,
        Set<Integer> taken) {

    public SoldLine {
        taken = Set.copyOf(taken);
    }

    /// What the buyer paid.
    ///
    /// @param ordered units that the amounts are for; at least 1
    /// @param paidMinor tax included
    /// @param taxMinor what of it is tax
    public record Sale(int ordered, long paidMinor, long taxMinor, String currency) {

        public Sale {
            if (ordered <= 0 || paidMinor < 0) {
                throw new IllegalArgumentException("%d units were paid with %d".formatted(ordered, paidMinor));
            }
        }

        /// The part of the paid amount that is for one unit. The parts of all units together are exactly
        /// what was paid: each is the difference of two rounded running sums.
        ///
        /// @param number the unit, from 0; beyond the ordered ones nothing was paid
        public long share(int number) {
            return share(paidMinor, number);
        }

        /// The part of the tax that is for one unit.
        public long taxShare(int number) {
            return share(taxMinor, number);
        }

        private long share(long whole, int number) {
            return number >= ordered ? 0 : upTo(whole, number + 1) - upTo(whole, number);
        }

        private long upTo(long whole, int units) {
            return BigInteger.valueOf(whole)
                    .multiply(BigInteger.valueOf(units))
                    .divide(BigInteger.valueOf(ordered))
                    .longValueExact();
        }
    }

    /// Units that left and are in no return, the lowest numbers first.
    List<Integer> free() {
        return IntStream.range(0, shipped)
                .filter(number -> !taken.contains(number))
                .boxed()
                .toList();
    }

    /// The line as it is when a return lets its units go.
    SoldLine without(Set<Integer> numbers) {
        Set<Integer> left = new TreeSet<>(taken);
        left.removeAll(numbers);
        return new SoldLine(lineId, channelLineId, sku, shipped, shippedAt, sale, refundedMinor, left);
    }
}
