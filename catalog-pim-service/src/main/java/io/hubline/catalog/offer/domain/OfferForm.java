package io.hubline.catalog.offer.domain;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An offer as a caller wrote it, with whatever mistakes are in it.
///
/// @param managed false where it is left out
public record OfferForm(
        @Nullable String account,
        @Nullable String channel,
        @Nullable String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        @Nullable String sku,
        @Nullable String status,
        @Nullable Boolean managed,
        @Nullable String title,
        @Nullable PriceForm price) {

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+#-]{0,63}");
    private static final int FOREIGN_TEXT_MAX = 255;
    private static final int TITLE_MAX = 500;
    private static final long PRICE_MAX = 1_000_000_000_000L;

    /// A price as a caller wrote it.
    ///
    /// @param minor minor units, 0 to 1,000,000,000,000
    public record PriceForm(@Nullable Long minor, @Nullable String currency) {}

    /// Everything that is wrong with it at once, or the draft.
    public CheckOutcome check() {
        List<Violation> violations = new ArrayList<>();
        matches(violations, "account", account, ACCOUNT, "1-64 letters, digits, dots, dashes or underscores");
        matches(violations, "channel", channel, CHANNEL, "1-32 small letters, digits or dashes, such as shopify");
        foreign(violations, "channelSku", channelSku, true);
        foreign(violations, "variantId", variantId, false);
        foreign(violations, "inventoryItemId", inventoryItemId, false);
        foreign(violations, "channelLocation", channelLocation, false);
        if (channelLocation != null && channelLocation.endsWith("/")) {
            violations.add(new Violation("channelLocation", "must not end with a slash"));
        }
        matches(violations, "sku", sku, SKU, "1-64 letters, digits or any of . _ + # -, without spaces");
        @Nullable OfferStatus wanted = statusOf(status);
        if (wanted == null) {
            violations.add(new Violation("status", "must be ACTIVE or INACTIVE"));
        }
        boolean keepsContent = managed != null && managed;
        if (!keepsContent && title != null) {
            violations.add(new Violation("title", "is only for an offer that is managed"));
        }
        if (!keepsContent && price != null) {
            violations.add(new Violation("price", "is only for an offer that is managed"));
        }
        own(violations, title);
        @Nullable Price own = price(violations, price);
        if (!violations.isEmpty()
                || account == null
                || channel == null
                || channelSku == null
                || sku == null
                || wanted == null) {
            return new CheckOutcome.Unsound(violations);
        }
        return new CheckOutcome.Sound(new OfferDraft(
                account,
                channel,
                channelSku,
                variantId,
                inventoryItemId,
                channelLocation,
                sku,
                wanted,
                keepsContent,
                title,
                own));
    }

    private static void own(List<Violation> violations, @Nullable String title) {
        if (title == null) {
            return;
        }
        if (title.isBlank() || !title.equals(title.strip()) || title.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation("title", "is blank, or has a space at its end or a control character"));
        } else if (title.codePointCount(0, title.length()) > TITLE_MAX) {
            violations.add(new Violation("title", "is longer than " + TITLE_MAX + " characters"));
        }
    }

    private static @Nullable Price price(List<Violation> violations, @Nullable PriceForm price) {
        if (price == null) {
            return null;
        }
        @Nullable Long minor = price.minor();
        @Nullable String currency = price.currency();
        if (minor == null || minor < 0 || minor > PRICE_MAX) {
            violations.add(new Violation("price.minor", "must be a whole number of minor units, 0 to " + PRICE_MAX));
            return null;
        }
        if (currency == null
                || Currency.getAvailableCurrencies().stream()
                        .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            violations.add(new Violation("price.currency", "must be an ISO 4217 code, such as EUR"));
            return null;
        }
        return new Price(minor, currency);
    }

    private static @Nullable OfferStatus statusOf(@Nullable String text) {
        if (text == null) {
            return OfferStatus.ACTIVE;
        }
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "ACTIVE" -> OfferStatus.ACTIVE;
            case "INACTIVE" -> OfferStatus.INACTIVE;
            default -> null;
        };
    }

    private static void matches(
            List<Violation> violations, String field, @Nullable String text, Pattern pattern, String wanted) {
        if (text == null || !pattern.matcher(text).matches()) {
            violations.add(new Violation(field, "must be " + wanted));
        }
    }

    /// A text that the channel made up is taken as it is, save for what no channel writes: a blank, a space
    /// at either end, a control character.
    private static void foreign(List<Violation> violations, String field, @Nullable String text, boolean required) {
        if (text == null) {
            if (required) {
                violations.add(new Violation(field, "is missing"));
            }
        } else if (text.isBlank()) {
            violations.add(new Violation(field, "is blank"));
        } else if (text.length() > FOREIGN_TEXT_MAX) {
            violations.add(new Violation(field, "is longer than " + FOREIGN_TEXT_MAX + " characters"));
        } else if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(field, "has a space at its end or a control character"));
        }
    }

    /// What is wrong with one field.
    public record Violation(String field, String message) {}

    /// Whether a form can become an offer.
    public sealed interface CheckOutcome {

        /// It can.
        record Sound(OfferDraft draft) implements CheckOutcome {}

        /// It cannot, for these reasons.
        record Unsound(List<Violation> violations) implements CheckOutcome {

            public Unsound {
                violations = List.copyOf(violations);
            }
        }
    }
}
