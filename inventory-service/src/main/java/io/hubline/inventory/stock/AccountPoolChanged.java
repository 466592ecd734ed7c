package io.hubline.inventory.stock;

/// Told inside the transaction that lets an account draw on another pool, while nobody else decides about
/// stock: what its offers show is another now.
public record AccountPoolChanged(String account) {}
