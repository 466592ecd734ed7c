package io.hubline.inventory.availability.domain;

/// How the units of a SKU are divided over its offers.
public enum Mode {
    /// Every offer shows what is left: right when there is much.
    SHARED,
    /// The units are divided, so that all offers together never can sell more than can be promised.
    ESCROW
}
