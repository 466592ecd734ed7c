package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.ChannelReport;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.product.ProductOffers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells products as what they are sold.
@ApplicationScoped
class OffersOfProducts implements ProductOffers {

    private final Offers offers;

    OffersOfProducts(Offers offers) {
        this.offers = offers;
    }

    @Override
    @Transactional
    public List<SoldAs> of(Collection<String> skus) {
        return offers.selling(skus).stream().map(OffersOfProducts::soldAs).toList();
    }

    private static SoldAs soldAs(Offer offer) {
        return new SoldAs(
                offer.id(),
                offer.terms().sku(),
                offer.terms().status().name(),
                offer.terms().managed(),
                offer.obstacles().stream()
                        .map(obstacle -> new ProductOffers.Obstacle(obstacle.field(), obstacle.reason()))
                        .toList(),
                atChannel(offer));
    }

    private static @Nullable AtChannel atChannel(Offer offer) {
        @Nullable ChannelReport report = offer.report();
        return report == null
                ? null
                : new AtChannel(
                        report.standing(),
                        report.listingSequence() == offer.sequence(),
                        report.productId(),
                        report.issues().stream()
                                .map(issue -> new ProductOffers.Issue(issue.code(), issue.message()))
                                .toList(),
                        report.at());
    }
}
