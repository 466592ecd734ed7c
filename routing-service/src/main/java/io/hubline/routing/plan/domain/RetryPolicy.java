package io.hubline.routing.plan.domain;

import java.time.Duration;

/// How patient routing is.
///
/// @param attemptsMax plans of one demand that may run dry before the order is unroutable
/// @param pause after the first plan that ran dry; it doubles with each. The stock read here lags, so a new
///     plan at once would be the old one
/// @param stockGrace how long stock may be missing for a promise that stands before that is said aloud: the
///     promise and the stock it rests on come on two topics, in any order
/// @param claimGrace the same, where the stock is there and outstanding plans of other orders claim it
/// @param changeGrace how long newer facts of an order may take after a plan was refused for them
public record RetryPolicy(
        int attemptsMax, Duration pause, Duration stockGrace, Duration claimGrace, Duration changeGrace) {}
