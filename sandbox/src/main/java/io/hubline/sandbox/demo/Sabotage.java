package io.hubline.sandbox.demo;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Damage done from outside to a running hub, each to the one invariant that must then be named.
///
/// All of it goes past the services, straight into the databases or a shop, since through the services it
/// cannot be done.
enum Sabotage {
    /// A change commits and its event never leaves.
    DELETE_OUTBOX_ROW("delete-outbox-row", "I4"),
    /// A position no longer is the sum of its movements.
    EDIT_POSITION("edit-position", "I1"),
    /// A shop shows another number than the hub wrote.
    CHANGE_SHOP_NUMBER("change-shop-number", "I6"),
    /// One order at the channel stands twice in the book.
    DOUBLE_ORDER("double-order", "I3"),
    /// A full card number stands in a table.
    PLANT_CARD_NUMBER("plant-card-number", "I8");

    private final String option;
    private final String invariant;

    Sabotage(String option, String invariant) {
        this.option = option;
        this.invariant = invariant;
    }

    /// How the command line names it.
    String option() {
        return option;
    }

    /// Which invariant has to break.
    String invariant() {
        return invariant;
    }

    static String options() {
        return Arrays.stream(values()).map(Sabotage::option).collect(Collectors.joining(", "));
    }
}
