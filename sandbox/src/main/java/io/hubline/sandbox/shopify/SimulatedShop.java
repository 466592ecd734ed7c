package io.hubline.sandbox.shopify;

import io.hubline.sandbox.shopify.ShopifyConfig.ShopConfig;
import io.hubline.sandbox.shopify.admin.AccessTokens;
import io.hubline.sandbox.shopify.admin.AdminApi;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.webhook.Outbound;
import java.util.concurrent.atomic.AtomicLong;

/// One shop with everything around it.
record SimulatedShop(
        ShopConfig config,
        Shop shop,
        Outbound outbound,
        AdminApi api,
        AccessTokens tokens,
        People people,
        AtomicLong buyers) {}
