package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.product.ProductService;
import io.hubline.catalog.product.ProductsChanged;
import io.hubline.catalog.product.domain.Sellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Lets managed offers say what their products say, in the transaction that changes the products.
@ApplicationScoped
class ProductFollower {

    private final Offers offers;
    private final ProductService products;
    private final Announcer announcer;
    private final int batch;

    ProductFollower(
            Offers offers,
            ProductService products,
            Announcer announcer,
            @ConfigProperty(name = "hubline.catalog.announce-batch") int batch) {
        this.offers = offers;
        this.products = products;
        this.announcer = announcer;
        this.batch = batch;
    }

    void on(@Observes ProductsChanged change) {
        Map<String, Sellable> sellable = products.sellable(change.skus());
        @Nullable String after = null;
        List<Offer> held;
        do {
            held = offers.holdManaged(change.skus(), after, batch);
            announcer.follow(held, sellable);
            after = held.isEmpty() ? null : held.getLast().id();
        } while (held.size() == batch);
    }
}
