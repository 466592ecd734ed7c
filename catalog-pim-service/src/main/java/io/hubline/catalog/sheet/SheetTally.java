package io.hubline.catalog.sheet;

import io.hubline.catalog.offer.OfferService.ListOutcome;
import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.SaveOutcome;
import io.hubline.catalog.product.domain.PatchOutcome;
import io.hubline.catalog.product.domain.Violation;
import io.hubline.catalog.sheet.Group.Row;
import io.hubline.catalog.sheet.SheetBatch.Applied;
import io.hubline.catalog.sheet.SheetBatch.Wish;
import io.hubline.catalog.sheet.SheetReport.BlockedOffer;
import io.hubline.catalog.sheet.SheetReport.RowError;
import io.hubline.catalog.sheet.SheetReport.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Counts what becomes of a sheet, and says it in the words of its columns.
final class SheetTally {

    private static final int LISTED_MAX = 1_000;
    /// Places in a tally.
    private static final int CREATED = 0;

    private static final int CHANGED = 1;
    private static final int UNCHANGED = 2;
    private static final int REFUSED = 3;

    private final boolean dryRun;
    private final Columns columns;
    private final List<RowError> errors = new ArrayList<>();
    private final List<BlockedOffer> blocked = new ArrayList<>();
    /// Of the batch under way only: a row is never of two batches.
    private final Set<Long> failing = new HashSet<>();
    private final long[] products = new long[4];
    private final long[] offers = new long[4];
    private long rows;
    private long failedRows;
    private long errorsLeftOut;
    private long blockedLeftOut;

    SheetTally(boolean dryRun, Columns columns) {
        this.dryRun = dryRun;
        this.columns = columns;
    }

    void row() {
        rows++;
    }

    long rows() {
        return rows;
    }

    /// Notes what was not taken of a row.
    void wrong(long row, String column, String reason) {
        if (failing.add(row)) {
            failedRows++;
        }
        if (errors.size() < LISTED_MAX) {
            errors.add(new RowError(row, column, reason));
        } else {
            errorsLeftOut++;
        }
    }

    void applied(List<Group> groups, Applied applied) {
        for (int i = 0; i < groups.size(); i++) {
            patched(groups.get(i), applied.patched().get(i));
        }
        for (int i = 0; i < applied.wishes().size(); i++) {
            listed(applied.wishes().get(i), applied.listed().get(i));
        }
        failing.clear();
    }

    private void patched(Group group, PatchOutcome outcome) {
        products[
                switch (outcome.kind()) {
                    case CREATED -> CREATED;
                    case CHANGED -> CHANGED;
                    case UNCHANGED -> UNCHANGED;
                    case REFUSED -> REFUSED;
                }]++;
        List<Row> lines = group.rows();
        Set<Long> named = new HashSet<>();
        long blamed = lines.getFirst().number();
        for (Violation violation : outcome.errors()) {
            String column = columnOf(violation);
            long row = violation.variant() == Violation.PAGE
                    ? group.rowOf(column)
                    : lines.get(violation.variant()).number();
            if (violation.variant() == Violation.PAGE) {
                blamed = row;
            }
            named.add(row);
            wrong(row, column, violation.reason());
        }
        for (int refused : outcome.refused()) {
            long row = lines.get(refused).number();
            if (named.add(row)) {
                wrong(row, Columns.PRODUCT, "the product was not taken: see row " + blamed);
            }
        }
    }

    private void listed(Wish wish, ListOutcome outcome) {
        ListingWish asked = wish.wish();
        String account = asked.account();
        switch (outcome) {
            case ListOutcome.NotSound(var violations) -> {
                offers[REFUSED]++;
                violations.forEach(violation -> wrong(
                        wish.row(),
                        switch (violation.field()) {
                            case "channelLocation" -> Columns.LOCATION + account;
                            case "title" -> Columns.OFFER_TITLE + account;
                            case "price.minor", "price.currency" -> Columns.OFFER_PRICE + account;
                            case "status" -> Columns.OFFER_STATUS + account;
                            case "sku" -> Columns.SKU;
                            default -> RowReader.offer(asked.channel(), account);
                        },
                        violation.message()));
            }
            case ListOutcome.Saved(SaveOutcome saved) -> {
                switch (saved) {
                    case SaveOutcome.Created(Offer offer) -> taken(wish.row(), CREATED, offer);
                    case SaveOutcome.Changed changed -> taken(wish.row(), CHANGED, changed.offer());
                    case SaveOutcome.Unchanged(Offer offer) -> taken(wish.row(), UNCHANGED, offer);
                    case SaveOutcome.Refused refused -> {
                        offers[REFUSED]++;
                        wrong(
                                wish.row(),
                                RowReader.offer(asked.channel(), account),
                                switch (refused.conflict()) {
                                    case VARIANT_TAKEN -> "its variant is already sold as " + refused.otherOffer();
                                    case ID_TAKEN ->
                                        "another channel SKU or place comes out as the same offer "
                                                + refused.otherOffer();
                                });
                    }
                }
            }
        }
    }

    private void taken(long row, int kind, Offer offer) {
        offers[kind]++;
        offer.obstacles().forEach(obstacle -> {
            if (blocked.size() < LISTED_MAX) {
                blocked.add(new BlockedOffer(row, offer.id(), obstacle.field(), obstacle.reason()));
            } else {
                blockedLeftOut++;
            }
        });
    }

    /// The column in which a field of a product stands.
    private String columnOf(Violation violation) {
        String field = violation.field();
        boolean page = violation.variant() == Violation.PAGE;
        if (field.startsWith("attributes")) {
            String prefix = page ? Columns.ATTRIBUTE : Columns.VARIANT_ATTRIBUTE;
            return field.startsWith("attributes.")
                    ? prefix + field.substring("attributes.".length())
                    : columns.first(prefix);
        }
        if (field.startsWith("options")) {
            return columns.first(Columns.OPTION);
        }
        int bracket = field.indexOf('[');
        return switch (bracket < 0 ? field : field.substring(0, bracket)) {
            case "productId" -> Columns.PRODUCT;
            case "status" -> page ? Columns.PRODUCT_STATUS : Columns.VARIANT_STATUS;
            case "variants" -> Columns.SKU;
            case "price.minor" -> Columns.PRICE;
            case "price.currency" -> Columns.CURRENCY;
            default -> bracket < 0 ? field : field.substring(0, bracket);
        };
    }

    SheetReport report() {
        return new SheetReport(
                dryRun,
                rows,
                tally(products),
                tally(offers),
                failedRows,
                errors,
                errorsLeftOut,
                blocked,
                blockedLeftOut);
    }

    private static Tally tally(long[] counts) {
        return new Tally(counts[CREATED], counts[CHANGED], counts[UNCHANGED], counts[REFUSED]);
    }
}
