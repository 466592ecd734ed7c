package io.hubline.routing.plan.domain;

/// What is to be done with an order.
public sealed interface Next {

    /// Nothing; it stays as it is.
    record Stay() implements Next {}

    /// To wait for an event.
    record Await(String waitsFor) implements Next {}

    /// Nothing any more, until the demand changes.
    record Rest() implements Next {}

    /// Nothing ever again.
    record End() implements Next {}

    /// To look for a plan.
    ///
    /// @param attempt what the plan's number will be
    record Plan(Demand demand, int attempt) implements Next {}
}
