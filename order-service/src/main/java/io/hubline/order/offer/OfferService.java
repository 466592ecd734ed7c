package io.hubline.order.offer;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.order.offer.domain.LineName;
import io.hubline.order.offer.domain.Offer;
import io.hubline.order.offer.domain.OfferNames;
import io.hubline.order.offer.domain.OfferSearch;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Knows the offers, and finds the one that a line of an order was sold through.
@ApplicationScoped
public class OfferService {

    private final OfferNames offers;
    private final List<OfferWatcher> watchers;

    OfferService(OfferNames offers, @All List<OfferWatcher> watchers) {
        this.offers = offers;
        this.watchers = watchers;
    }

    /// Takes a state of an offer over, unless a newer one is known, and lets those who wait for it go on in
    /// the same transaction. An offer that is not for sale is kept too: orders that still come are mapped
    /// all the same.
    @Transactional(MANDATORY)
    public void take(ListingState listing) {
        Offer offer = new Offer(
                listing.offer(),
                listing.channelSku(),
                Offer.key(listing.variantId()),
                Offer.key(listing.channelLocation()),
                listing.sku());
        offers.holdForChange(listing.account());
        boolean newer = offers.put(
                listing.account(),
                listing.sequence(),
                offer,
                listing.channel(),
                listing.status().name());
        if (newer) {
            List<String> variants = Stream.ofNullable(offer.variantKey()).toList();
            List<String> skus =
                    Stream.of(offer.channelSku()).filter(sku -> !sku.isBlank()).toList();
            watchers.forEach(watcher -> watcher.offerKnown(listing.account(), variants, skus));
        }
    }

    /// What each line sells, in the order of the lines; empty for a line that no offer names.
    ///
    /// Where a line stays unnamed, the account's offers do not change before the transaction ends: an offer
    /// that arrives meanwhile finds the line waiting.
    @Transactional(MANDATORY)
    public List<Optional<Sold>> find(String account, List<Named> lines) {
        List<Optional<Sold>> found = search(account, lines);
        if (found.stream().allMatch(Optional::isPresent)) {
            return found;
        }
        offers.holdUnchanged(account);
        return search(account, lines);
    }

    private List<Optional<Sold>> search(String account, List<Named> named) {
        List<LineName> lines = named.stream()
                .map(line -> new LineName(line.channelSku(), line.variantId(), line.channelLocation()))
                .toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> variants = lines.stream()
                .map(line -> Offer.key(line.variantId()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<String> skus = lines.stream()
                .map(LineName::channelSku)
                .filter(sku -> !sku.isBlank())
                .distinct()
                .toList();
        List<Offer> candidates = offers.named(account, variants, skus);
        return lines.stream()
                .map(line -> OfferSearch.find(line, candidates).map(match -> new Sold(match.sku(), match.offer())))
                .toList();
    }

    /// How a line of an order names what it sells.
    ///
    /// @param channelSku may be empty, where the seller left it so
    /// @param variantId the channel's id of the sellable thing; it wins over the text
    /// @param channelLocation where the channel took the unit from its own count
    public record Named(
            String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation) {}

    /// What a line sells.
    ///
    /// @param offer null where several offers of the SKU could have sold it
    public record Sold(String sku, @Nullable String offer) {}
}
