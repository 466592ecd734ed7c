package io.hubline.connector.adapter.amazon;

import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Quota.Rate;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an account's settings say, and what is wrong with them.
final class AmazonSettings {

    private static final List<String> NEEDED = List.of(
            "base-url", "token-url", "client-id", "client-secret", "refresh-token", "seller-id", "marketplace-id");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)/([0-9]{1,6})");
    private static final Duration LOOK_AFTER = Duration.ofSeconds(30);
    // Two minutes are listed by nobody, and a minute is for Amazon's own index.
    private static final Duration VISIBILITY = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofDays(1);

    private record Marketplace(String currency, String language) {}

    private static final Map<String, Marketplace> MARKETPLACES = new HashMap<>();

    static {
        marketplace("ATVPDKIKX0DER", "USD", "en_US");
        marketplace("A2EUQ1WTGCTBG2", "CAD", "en_CA");
        marketplace("A1AM78C64UM0Y8", "MXN", "es_MX");
        marketplace("A2Q3Y263D00KWC", "BRL", "pt_BR");
        marketplace("A1F83G8C2ARO7P", "GBP", "en_GB");
        marketplace("A1PA6795UKMFR9", "EUR", "de_DE");
        marketplace("A13V1IB3VIYZZH", "EUR", "fr_FR");
        marketplace("APJ6JRA9NG5V4", "EUR", "it_IT");
        marketplace("A1RKKUPIHCS9HS", "EUR", "es_ES");
        marketplace("A1805IZSGTT6HS", "EUR", "nl_NL");
        marketplace("A2NODRKZP88ZB9", "SEK", "sv_SE");
        marketplace("A1C3SOZRARQ6R3", "PLN", "pl_PL");
        marketplace("A33AVAJ2PDY3EV", "TRY", "tr_TR");
        marketplace("A2VIGQ35RCS4UG", "AED", "en_AE");
        marketplace("A17E79C6D8DWNP", "SAR", "ar_SA");
        marketplace("ARBP9OOSHTCHU", "EGP", "ar_EG");
        marketplace("A21TJRUUN4KGV", "INR", "en_IN");
        marketplace("A1VC38T7YXB528", "JPY", "ja_JP");
        marketplace("A39IBJ37TRP1C6", "AUD", "en_AU");
        marketplace("A19VAU5U5O7RUS", "SGD", "en_SG");
    }

    private AmazonSettings() {}

    private static void marketplace(String id, String currency, String language) {
        MARKETPLACES.put(id, new Marketplace(currency, language));
    }

    static List<String> complaints(Account account) {
        List<String> complaints = new ArrayList<>();
        for (String name : NEEDED) {
            if (account.setting(name, "").isBlank()) {
                complaints.add("account %s has no setting '%s'".formatted(account.id(), name));
            }
        }
        for (String name : List.of("base-url", "token-url")) {
            if (!account.setting(name, "").isBlank() && !isAddress(account.setting(name, ""))) {
                complaints.add("setting '%s' of account %s is no http address".formatted(name, account.id()));
            }
        }
        if (!account.setting("marketplace-id", "").isBlank()
                && currencyOf(account).isEmpty()) {
            complaints.add(
                    "setting 'currency' of account %s is needed, and an ISO 4217 code: no such marketplace is known"
                            .formatted(account.id()));
        }
        if (!account.setting("language", "en_US").matches("[a-z]{2}_[A-Z]{2}")) {
            complaints.add("setting 'language' of account %s is not written as in 'en_US'".formatted(account.id()));
        }
        for (String name : List.of("look-after", "visibility-allowance")) {
            if (duration(account, name, Duration.ZERO).isEmpty()) {
                complaints.add("setting '%s' of account %s is no duration of at most a day, such as 'PT30S'"
                        .formatted(name, account.id()));
            }
        }
        for (Operation operation : Operation.values()) {
            String setting = account.setting("rate." + operation.word(), "1/1");
            if (!RATE.matcher(setting).matches() || rate(setting).isEmpty()) {
                complaints.add("setting 'rate.%s' of account %s is not calls per second and burst, such as '0.5/30'"
                        .formatted(operation.word(), account.id()));
            }
        }
        return complaints;
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The rate that Amazon granted the account by agreement; empty where it has the usual one.
    static Optional<Rate> rate(Account account, Operation operation) {
        String setting = account.setting("rate." + operation.word(), "");
        return setting.isEmpty() ? Optional.empty() : rate(setting);
    }

    private static Optional<Rate> rate(String setting) {
        Matcher matcher = RATE.matcher(setting);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double perSecond = Double.parseDouble(matcher.group(1));
        double burst = Double.parseDouble(matcher.group(2));
        return perSecond > 0 && burst > 0 ? Optional.of(new Rate(perSecond, burst)) : Optional.empty();
    }

    static Duration lookAfter(Account account) {
        return duration(account, "look-after", LOOK_AFTER).orElse(LOOK_AFTER);
    }

    static Duration visibilityAllowance(Account account) {
        return duration(account, "visibility-allowance", VISIBILITY).orElse(VISIBILITY);
    }

    private static Optional<Duration> duration(Account account, String name, Duration otherwise) {
        try {
            Duration duration = Duration.parse(account.setting(name, otherwise.toString()));
            return duration.isNegative() || duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static String sellerId(Account account) {
        return account.required("seller-id");
    }

    static String marketplaceId(Account account) {
        return account.required("marketplace-id");
    }

    static String language(Account account) {
        @Nullable Marketplace marketplace = MARKETPLACES.get(account.setting("marketplace-id", ""));
        return account.setting("language", marketplace == null ? "en_US" : marketplace.language());
    }

    /// The currency of the account's marketplace.
    static String currency(Account account) {
        return currencyOf(account).orElseThrow(() -> new IllegalArgumentException("no currency is known"));
    }

    /// The currency of any marketplace that is known.
    static Optional<String> currency(@Nullable String marketplaceId) {
        return Optional.ofNullable(marketplaceId).map(MARKETPLACES::get).map(Marketplace::currency);
    }

    private static Optional<String> currencyOf(Account account) {
        String setting = account.setting("currency", "");
        if (setting.isEmpty()) {
            return currency(account.setting("marketplace-id", ""));
        }
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(setting::equals)
                .findFirst();
    }
}
