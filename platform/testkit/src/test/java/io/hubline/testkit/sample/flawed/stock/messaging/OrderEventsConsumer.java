package io.hubline.testkit.sample.flawed.stock.messaging;

import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Handles an event as often as it comes.
public class OrderEventsConsumer {

    @Incoming("orders")
    public void on(String message) {
        if (message.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
    }
}
