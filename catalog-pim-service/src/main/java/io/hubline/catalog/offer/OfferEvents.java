package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.Content;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.Price;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Our offers said in the published language.
final class OfferEvents {

    private OfferEvents() {}

    static ListingState listing(Offer offer, Composition composed) {
        OfferDraft terms = offer.terms();
        return new ListingState(
                offer.id(),
                offer.sequence(),
                terms.account(),
                terms.channel(),
                terms.channelSku(),
                offer.ids().variantId(),
                offer.ids().inventoryItemId(),
                terms.channelLocation(),
                terms.sku(),
                composed.active() ? ListingState.Status.ACTIVE : ListingState.Status.INACTIVE,
                content(composed.content()));
    }

    private static ListingState.@Nullable Content content(@Nullable Content content) {
        return content == null
                ? null
                : new ListingState.Content(
                        content.productId(),
                        content.title(),
                        content.description(),
                        content.brand(),
                        content.productType(),
                        content.gtin(),
                        money(content.price()),
                        content.bullets(),
                        content.images(),
                        content.options().stream()
                                .map(option -> new ListingState.Option(option.name(), option.value()))
                                .toList(),
                        content.attributes());
    }

    private static @Nullable Money money(@Nullable Price price) {
        return price == null ? null : new Money(price.minor(), price.currency());
    }

    /// What an audit row keeps of an offer.
    static Map<String, Object> audited(Offer offer) {
        OfferDraft terms = offer.terms();
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("sku", terms.sku());
        kept.put("channel", terms.channel());
        kept.put("variantId", text(offer.ids().variantId()));
        kept.put("inventoryItemId", text(offer.ids().inventoryItemId()));
        kept.put("status", terms.status().name());
        kept.put("managed", terms.managed());
        if (terms.title() != null) {
            kept.put("title", terms.title());
        }
        if (terms.price() != null) {
            kept.put("price", terms.price());
        }
        return kept;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
