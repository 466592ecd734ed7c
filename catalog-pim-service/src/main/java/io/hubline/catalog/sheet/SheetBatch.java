package io.hubline.catalog.sheet;

import io.hubline.catalog.offer.OfferService;
import io.hubline.catalog.offer.OfferService.ListOutcome;
import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.product.ProductService;
import io.hubline.catalog.product.domain.PatchOutcome;
import io.hubline.catalog.sheet.Group.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/// Applies some products of a sheet with their offers in one transaction.
@ApplicationScoped
class SheetBatch {

    private final ProductService products;
    private final OfferService offers;
    private final TransactionSynchronizationRegistry transaction;

    SheetBatch(ProductService products, OfferService offers, TransactionSynchronizationRegistry transaction) {
        this.products = products;
        this.offers = offers;
        this.transaction = transaction;
    }

    /// Applies the groups, all or (in a dry run) none of them for good.
    ///
    /// @param groups no product twice
    /// @param dryRun do everything, and then leave it undone
    @Transactional
    public Applied apply(List<Group> groups, boolean dryRun) {
        List<Wish> wishes = new ArrayList<>();
        // Accounts are held before products, here as everywhere.
        offers.holdAccounts(groups.stream()
                .flatMap(group -> group.rows().stream())
                .flatMap(row -> row.wishes().stream())
                .map(ListingWish::account)
                .toList());
        List<PatchOutcome> patched =
                products.apply(groups.stream().map(Group::patch).toList());
        for (int i = 0; i < groups.size(); i++) {
            List<Row> rows = groups.get(i).rows();
            for (int j = 0; j < rows.size(); j++) {
                if (!patched.get(i).refused().contains(j)) {
                    Row row = rows.get(j);
                    row.wishes().forEach(wish -> wishes.add(new Wish(row.number(), wish)));
                }
            }
        }
        List<ListOutcome> listed = wishes.isEmpty()
                ? List.of()
                : offers.list(wishes.stream().map(Wish::wish).toList());
        if (dryRun) {
            transaction.setRollbackOnly();
        }
        return new Applied(patched, wishes, listed);
    }

    /// @param patched one per group, in their order
    /// @param listed one per wish, in their order
    record Applied(List<PatchOutcome> patched, List<Wish> wishes, List<ListOutcome> listed) {}

    record Wish(long row, ListingWish wish) {}
}
