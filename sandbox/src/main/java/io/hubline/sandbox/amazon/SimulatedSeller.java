package io.hubline.sandbox.amazon;

import io.hubline.sandbox.amazon.api.ApiFaults;
import io.hubline.sandbox.amazon.api.Quotas;
import io.hubline.sandbox.amazon.api.SellingPartnerApi;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.shopify.store.People;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// One account with everything around it.
record SimulatedSeller(
        AmazonConfig.Account account,
        Seller seller,
        SellingPartnerApi api,
        Quotas quotas,
        Journal journal,
        People people,
        AtomicLong buyers,
        AtomicReference<ApiFaults> faults,
        AtomicReference<Duration> slowApply) {}
