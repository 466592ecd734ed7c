package io.hubline.order.process.domain;

import java.util.List;

/// What an input makes of an order.
public sealed interface Decision {

    /// The order goes on.
    ///
    /// @param announcements in the order in which to tell them; empty when nothing changed that concerns
    ///     the others
    record Advanced(Order order, List<Announcement> announcements) implements Decision {

        public Advanced {
            announcements = List.copyOf(announcements);
        }
    }

    /// The input was known already, or is older than what is known: an everyday thing and no error.
    record Ignored(Order order, String why) implements Decision {}

    /// The input asks for what cannot be; nothing changed.
    record Refused(Order order, Refusal refusal) implements Decision {}
}
