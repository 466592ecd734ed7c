package io.hubline.sandbox.shopify.store;

import java.time.ZoneId;

/// What distinguishes one simulated shop: its name in the path, its currency and its clock's zone.
///
/// `idBase` keeps the ids of two shops apart, and above 2^53, so that a reader which parses ids as doubles
/// is found out.
public record ShopProfile(String name, String currency, ZoneId zone, long idBase, long seed) {

    private static final long FIRST_ID = 820_982_911_000_000_000L;
    private static final long IDS_PER_SHOP = 1_000_000_000L;

    /// The profile of the n-th shop of a simulator, counted from 0.
    public static ShopProfile of(String name, int ordinal, long seed) {
        return new ShopProfile(
                name, "USD", ZoneId.of("America/New_York"), FIRST_ID + ordinal * IDS_PER_SHOP, seed + ordinal);
    }

    public String domain() {
        return name + ".myshopify.com";
    }
}
