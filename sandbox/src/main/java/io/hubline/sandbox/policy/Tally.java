package io.hubline.sandbox.policy;

/// What became of the units and of the buyers.
///
/// @param units on hand at the start
/// @param sold units sold and not cancelled
/// @param oversold sales of a unit that was not there
/// @param lost buyers who went away although a unit was there: their channel showed none
/// @param unsold units left when the last buyer had come and gone
/// @param pushes numbers written to channels
record Tally(long units, long sold, long oversold, long lost, long unsold, long pushes) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                units + other.units,
                sold + other.sold,
                oversold + other.oversold,
                lost + other.lost,
                unsold + other.unsold,
                pushes + other.pushes);
    }

    /// Whether it is worse in nothing and better in something that a seller cares for.
    boolean isBetterThan(Tally other) {
        boolean worse = oversold > other.oversold || lost > other.lost || unsold > other.unsold;
        boolean better = oversold < other.oversold || lost < other.lost || unsold < other.unsold;
        return better && !worse;
    }

    /// Per hundred units.
    double percent(long figure) {
        return units == 0 ? 0 : 100.0 * figure / units;
    }
}
