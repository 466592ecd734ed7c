package io.hubline.routing.rate;

/// What became of a wish for a rate.
public sealed interface PutOutcome {

    /// The rate stands as wished.
    record Stands(Rate rate) implements PutOutcome {}

    /// The other rates are in another currency.
    record OtherCurrency(String currency) implements PutOutcome {}
}
