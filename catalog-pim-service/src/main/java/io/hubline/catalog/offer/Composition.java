package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.ChannelRules;
import io.hubline.catalog.offer.domain.Content;
import io.hubline.catalog.offer.domain.Obstacle;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferStatus;
import io.hubline.catalog.offer.domain.Price;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.catalog.product.domain.Variant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an offer and the product that it sells say together.
///
/// @param content null where the hub keeps the number only: the offer is not managed, or something is in
///     the way of its content
/// @param obstacles what is in the way; empty for an offer that is not managed
record Composition(boolean active, @Nullable Content content, List<Obstacle> obstacles) {

    /// @param sellable what is sold under the offer's SKU; null where no product has it
    static Composition of(Offer offer, @Nullable Sellable sellable) {
        boolean active = offer.terms().status() == OfferStatus.ACTIVE;
        if (!offer.terms().managed()) {
            return new Composition(active, null, List.of());
        }
        if (sellable == null) {
            // It stays on sale: the channel may show it already, and its number must be kept right.
            return new Composition(
                    active, null, List.of(new Obstacle("sku", "is of no product; the content waits for one")));
        }
        Content content = content(offer, sellable);
        List<Obstacle> obstacles = ChannelRules.obstacles(offer.terms(), content);
        return new Composition(active && sellable.isActive(), obstacles.isEmpty() ? content : null, obstacles);
    }

    private static Content content(Offer offer, Sellable sellable) {
        Product product = sellable.product();
        Variant variant = sellable.variant();
        Map<String, String> attributes = new TreeMap<>(product.attributes());
        attributes.putAll(variant.attributes());
        return new Content(
                product.id(),
                offer.terms().title() == null ? product.title() : offer.terms().title(),
                product.description(),
                product.brand(),
                product.productType(),
                variant.gtin(),
                offer.terms().price() == null ? price(variant) : offer.terms().price(),
                product.bullets(),
                product.images(),
                variant.options().stream()
                        .map(option -> new Content.Option(option.name(), option.value()))
                        .toList(),
                attributes,
                sellable.variantsOfProduct());
    }

    private static @Nullable Price price(Variant variant) {
        return variant.price() == null
                ? null
                : new Price(variant.price().minor(), variant.price().currency());
    }
}
