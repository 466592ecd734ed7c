package io.hubline.inventory.availability.domain;

/// What is set for an account and a SKU, each of which may be [#ANY].
public record Setting(String account, String sku, Settings settings) {

    /// Stands for every account, or every SKU.
    public static final String ANY = "*";

    /// How people call the row.
    public String name() {
        return account + "/" + sku;
    }
}
