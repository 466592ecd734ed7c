package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.webhook.Outbound;
import java.util.Objects;

/// What the fields of one request share: the shop it is for, and whether this call is to break down.
record Call(Shop shop, Outbound outbound, IdempotencyKeys keys, Jobs jobs, boolean breaksDown) {

    static final String KEY = "call";

    static Call of(DataFetchingEnvironment request) {
        return Objects.requireNonNull(request.getGraphQlContext().get(KEY), "no shop in this request");
    }
}
