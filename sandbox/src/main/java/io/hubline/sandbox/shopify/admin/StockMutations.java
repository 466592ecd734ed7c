package io.hubline.sandbox.shopify.admin;

import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Level;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.StockWrite;
import io.hubline.sandbox.shopify.store.Variant;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of `inventorySetQuantities` and `inventoryAdjustQuantities`: all lines of a mutation apply or
/// none does.
///
/// A line must carry `changeFromQuantity`, be it null; one that names another number than the shop has is
/// stale. Every attempt is in the shop's write log, applied or refused.
final class StockMutations {

    private static final int MOST_LINES = 250;
    private static final int HIGHEST_SET = 1_000_000_000;
    private static final int HIGHEST_ADJUST = 2_000_000_000;

    /// The vendor's list of reasons for a change of quantities.
    private static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_created",
            "movement_updated",
            "movement_received",
            "movement_canceled",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "reservation_deleted",
            "reservation_updated",
            "restock",
            "safety_stock",
            "shrinkage");

    private static final String STALE = "CHANGE_FROM_QUANTITY_STALE";

    private final Shop shop;

    StockMutations(Shop shop) {
        this.shop = shop;
    }

    record UserError(
            @Nullable List<String> field,
            String message,
            @Nullable String code) {}

    record Change(String name, int delta, @Nullable Integer after, long inventoryItemId, long locationId) {}

    record Group(
            long id,
            Instant createdAt,
            String reason,
            @Nullable String referenceDocumentUri,
            List<Change> changes) {

        Group {
            changes = List.copyOf(changes);
        }
    }

    /// What a mutation answers. No group means that nothing changed.
    record Payload(@Nullable Group group, List<UserError> errors) {

        Payload {
            errors = List.copyOf(errors);
        }

        static Payload refused(@Nullable List<String> field, String code, String message) {
            return new Payload(null, List.of(new UserError(field, message, code)));
        }
    }

    private record Wanted(
            int index,
            long inventoryItemId,
            long locationId,
            @Nullable Integer changeFrom,
            int before,
            int after,
            int wanted) {}

    /// Absolute quantities.
    Payload set(Map<String, Object> input, String idempotencyKey) {
        List<Map<String, Object>> lines = lines(input, "quantities", "InventoryQuantityInput");
        return shop.locked(() -> {
            String name = text(input, "name");
            List<UserError> errors = new ArrayList<>();
            if (!name.equals("available") && !name.equals("on_hand")) {
                errors.add(error("INVALID_NAME", "The quantity name must be either 'available' or 'on_hand'.", "name"));
            }
            errors.addAll(headErrors(input));
            if (!errors.isEmpty()) {
                return new Payload(null, errors);
            }
            Set<String> seen = new HashSet<>();
            List<Wanted> changes = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Map<String, Object> line = lines.get(i);
                int quantity = number(line, "quantity");
                if (quantity > HIGHEST_SET) {
                    errors.add(lineError(
                            "INVALID_QUANTITY_TOO_HIGH",
                            "The total quantity can't be higher than 1,000,000,000.",
                            "quantities",
                            i,
                            "quantity"));
                } else if (quantity < 0) {
                    errors.add(lineError(
                            "INVALID_QUANTITY_NEGATIVE",
                            "The quantity can't be negative.",
                            "quantities",
                            i,
                            "quantity"));
                }
                if (!seen.add(text(line, "inventoryItemId") + "|" + text(line, "locationId"))) {
                    errors.add(lineError(
                            "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                            "The combination of inventoryItemId and locationId must be unique.",
                            "quantities",
                            i,
                            "inventoryItemId"));
                }
                Optional<Level> level = level(line, "quantities", i, errors);
                if (level.isPresent()) {
                    int now = quantity(level.get(), name);
                    changes.add(wanted(i, line, level.get(), now, level.get().available() + quantity - now, quantity));
                }
            }
            return decide(input, "quantities", changes, errors, idempotencyKey);
        });
    }

    /// Deltas.
    Payload adjust(Map<String, Object> input, String idempotencyKey) {
        List<Map<String, Object>> lines = lines(input, "changes", "InventoryChangeInput");
        return shop.locked(() -> {
            String name = text(input, "name");
            List<UserError> errors = new ArrayList<>();
            if (!name.equals("available")) {
                errors.add(error(
                        "INVALID_QUANTITY_NAME",
                        "The specified quantity name is invalid: this shop keeps no other adjustable quantity than 'available'.",
                        "name"));
            }
            errors.addAll(headErrors(input));
            if (!errors.isEmpty()) {
                return new Payload(null, errors);
            }
            List<Wanted> changes = new ArrayList<>();
            Set<Long> touched = new HashSet<>();
            for (int i = 0; i < lines.size(); i++) {
                Map<String, Object> line = lines.get(i);
                if (line.get("ledgerDocumentUri") != null) {
                    errors.add(lineError(
                            "INVALID_AVAILABLE_DOCUMENT",
                            "A ledger document URI is not allowed when adjusting available.",
                            "changes",
                            i,
                            "ledgerDocumentUri"));
                }
                int delta = number(line, "delta");
                Optional<Level> level = level(line, "changes", i, errors);
                if (level.isPresent()) {
                    long after = (long) level.get().available() + delta;
                    if (after > HIGHEST_ADJUST) {
                        errors.add(lineError(
                                "INVALID_QUANTITY_TOO_HIGH",
                                "The quantity can't be higher than 2,000,000,000.",
                                "changes",
                                i,
                                "delta"));
                    } else if (after < -HIGHEST_ADJUST) {
                        errors.add(lineError(
                                "INVALID_QUANTITY_TOO_LOW",
                                "The quantity can't be lower than -2,000,000,000.",
                                "changes",
                                i,
                                "delta"));
                    } else if (!touched.add(level.get().id())) {
                        errors.add(lineError(
                                "ADJUST_QUANTITIES_FAILED",
                                "An item can be adjusted once per location and mutation.",
                                "changes",
                                i,
                                "inventoryItemId"));
                    } else {
                        changes.add(wanted(i, line, level.get(), level.get().available(), (int) after, (int) after));
                    }
                }
            }
            return decide(input, "changes", changes, errors, idempotencyKey);
        });
    }

    private static Wanted wanted(int index, Map<String, Object> line, Level level, int before, int after, int wanted) {
        return new Wanted(
                index,
                level.inventoryItemId(),
                level.locationId(),
                (Integer) line.get("changeFromQuantity"),
                before,
                after,
                wanted);
    }

    private Payload decide(
            Map<String, Object> input, String list, List<Wanted> changes, List<UserError> errors, String key) {
        for (Wanted change : changes) {
            if (change.changeFrom() != null && change.changeFrom() != change.before()) {
                errors.add(lineError(
                        STALE,
                        "The changeFromQuantity value does not match persisted value.",
                        list,
                        change.index(),
                        "changeFromQuantity"));
            }
        }
        if (!errors.isEmpty()) {
            String code = errors.stream().anyMatch(error -> STALE.equals(error.code()))
                    ? STALE
                    : String.valueOf(errors.getFirst().code());
            changes.forEach(change -> log(input, change, shown(change), code, key));
            return new Payload(null, errors);
        }
        List<Change> done = new ArrayList<>();
        for (Wanted change : changes) {
            int before = shown(change);
            if (before == change.after()) {
                log(input, change, before, "UNCHANGED", key);
                continue;
            }
            Level level = shop.show(change.inventoryItemId(), change.locationId(), change.after());
            log(input, change, before, "APPLIED", key);
            int delta = change.after() - before;
            done.add(new Change("available", delta, level.available(), change.inventoryItemId(), change.locationId()));
            done.add(new Change("on_hand", delta, level.onHand(), change.inventoryItemId(), change.locationId()));
        }
        if (done.isEmpty()) {
            return new Payload(null, List.of());
        }
        return new Payload(
                new Group(shop.nextId(), shop.now(), text(input, "reason"), reference(input), done), List.of());
    }

    private int shown(Wanted change) {
        return shop.level(change.inventoryItemId(), change.locationId())
                .orElseThrow(() -> new IllegalStateException("a level vanished"))
                .available();
    }

    private void log(Map<String, Object> input, Wanted change, int before, String result, String key) {
        boolean applied = result.equals("APPLIED");
        shop.record(new StockWrite(
                shop.exactly(),
                change.inventoryItemId(),
                shop.variantOfItem(change.inventoryItemId()).map(Variant::sku).orElse(""),
                change.locationId(),
                before,
                applied ? change.after() : before,
                change.changeFrom(),
                change.wanted(),
                reference(input),
                key,
                result));
    }

    private Optional<Level> level(Map<String, Object> line, String list, int index, List<UserError> errors) {
        OptionalLong item = Gid.parse("InventoryItem", text(line, "inventoryItemId"));
        OptionalLong location = Gid.parse("Location", text(line, "locationId"));
        if (item.isEmpty() || shop.variantOfItem(item.getAsLong()).isEmpty()) {
            errors.add(lineError(
                    "INVALID_INVENTORY_ITEM",
                    "The specified inventory item could not be found.",
                    list,
                    index,
                    "inventoryItemId"));
            return Optional.empty();
        }
        if (location.isEmpty() || shop.location(location.getAsLong()).isEmpty()) {
            errors.add(lineError(
                    "INVALID_LOCATION", "The specified location could not be found.", list, index, "locationId"));
            return Optional.empty();
        }
        Optional<Level> level = shop.level(item.getAsLong(), location.getAsLong());
        if (level.isEmpty()) {
            errors.add(lineError(
                    "INVALID_LOCATION",
                    "The inventory item is not stocked at the location.",
                    list,
                    index,
                    "locationId"));
        }
        return level;
    }

    private static int quantity(Level level, String name) {
        return name.equals("on_hand") ? level.onHand() : level.available();
    }

    private static List<UserError> headErrors(Map<String, Object> input) {
        List<UserError> errors = new ArrayList<>();
        if (!REASONS.contains(text(input, "reason"))) {
            errors.add(error("INVALID_REASON", "The specified reason is invalid.", "reason"));
        }
        String reference = reference(input);
        if (reference != null && !wellFormed(reference)) {
            errors.add(error(
                    "INVALID_REFERENCE_DOCUMENT",
                    "The specified reference document is invalid.",
                    "referenceDocumentUri"));
        }
        return errors;
    }

    /// A URI with a scheme and something after it; a `gid` needs an app, an entity and an id.
    private static boolean wellFormed(String reference) {
        try {
            URI uri = new URI(reference);
            if (uri.getScheme() == null
                    || uri.getSchemeSpecificPart().replace("/", "").isEmpty()) {
                return false;
            }
            return !uri.getScheme().equals("gid") || reference.matches("gid://[^/\\s]+/[^/\\s]+/[^/\\s]+");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// The lines of a mutation, refused as a whole when there are too many or one does not say what it
    /// changes from.
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Map<String, Object> input, String list, String type) {
        List<Map<String, Object>> lines = (List<Map<String, Object>>) input.get(list);
        if (lines == null) {
            throw new IllegalStateException("the schema lets no mutation pass without " + list);
        }
        if (lines.size() > MOST_LINES) {
            throw new AdminError(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of %d is greater than the maximum allowed of %d."
                            .formatted(lines.size(), MOST_LINES));
        }
        if (lines.stream().anyMatch(line -> !line.containsKey("changeFromQuantity"))) {
            throw new AdminError(
                    "INVALID_FIELD_ARGUMENTS", type + " must include the following argument: changeFromQuantity.");
        }
        return lines;
    }

    private static UserError error(String code, String message, String field) {
        return new UserError(List.of("input", field), message, code);
    }

    private static UserError lineError(String code, String message, String list, int index, String field) {
        return new UserError(List.of("input", list, Integer.toString(index), field), message, code);
    }

    private static @Nullable String reference(Map<String, Object> input) {
        return (String) input.get("referenceDocumentUri");
    }

    private static String text(Map<String, Object> input, String name) {
        return String.valueOf(input.get(name));
    }

    private static int number(Map<String, Object> input, String name) {
        return input.get(name) instanceof Integer number ? number : 0;
    }
}
