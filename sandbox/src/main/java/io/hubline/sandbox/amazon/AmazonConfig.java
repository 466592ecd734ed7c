package io.hubline.sandbox.amazon;

import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;

/// What the simulated seller accounts are opened with.
public record AmazonConfig(long seed, Duration tokenLifetime, Settings settings, List<Account> accounts) {

    /// The vendor's lifetime of an access token.
    public static final Duration VENDOR_TOKEN_LIFETIME = Duration.ofHours(1);

    public AmazonConfig {
        accounts = List.copyOf(accounts);
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("amazon.sellers names no seller");
        }
        if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
            throw new IllegalArgumentException("amazon.token.lifetime-seconds must be positive");
        }
        HashSet<String> tokens = new HashSet<>();
        for (Account account : accounts) {
            if (!tokens.add(account.refreshToken())) {
                throw new IllegalArgumentException("two sellers have the same refresh token");
            }
        }
    }

    /// One account and the app that it has authorised.
    public record Account(
            String name,
            String sellerId,
            Marketplace marketplace,
            String clientId,
            String clientSecret,
            String refreshToken) {

        public Account {
            if (!name.matches("[a-z0-9][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "a seller's name is lower case letters, digits and dashes, not " + name);
            }
        }
    }

    /// Throws `IllegalArgumentException` naming the property that is missing or wrong.
    public static AmazonConfig of(Properties properties) {
        Settings usual = Settings.USUAL;
        return new AmazonConfig(
                number(properties, "seed", 1),
                Duration.ofSeconds(
                        number(properties, "amazon.token.lifetime-seconds", VENDOR_TOKEN_LIFETIME.toSeconds())),
                new Settings(
                        truth(properties, "amazon.lowers-at-placement", usual.lowersAtPlacement()),
                        truth(properties, "amazon.raises-at-cancellation", usual.raisesAtCancellation()),
                        millis(properties, "amazon.pending-millis", usual.pending()),
                        millis(properties, "amazon.apply-delay-millis", usual.applyAfter()),
                        millis(properties, "amazon.feed-delay-millis", usual.feedTakes()),
                        millis(properties, "amazon.finance-lag-millis", usual.postedAfter()),
                        millis(properties, "amazon.listed-after-millis", usual.listedAfter()),
                        millis(properties, "amazon.fba-ships-after-millis", usual.amazonShipsAfter())),
                Arrays.stream(required(properties, "amazon.sellers").split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .map(name -> account(properties, name))
                        .toList());
    }

    private static Account account(Properties properties, String name) {
        String prefix = "amazon.seller." + name + ".";
        String marketplace = required(properties, prefix + "marketplace-id");
        return new Account(
                name,
                required(properties, prefix + "seller-id"),
                Marketplace.of(marketplace)
                        .orElseThrow(() ->
                                new IllegalArgumentException("the property %smarketplace-id is not a marketplace: %s"
                                        .formatted(prefix, marketplace))),
                required(properties, prefix + "client-id"),
                required(properties, prefix + "client-secret"),
                required(properties, prefix + "refresh-token"));
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the property " + name + " is missing");
        }
        return value.trim();
    }

    private static Duration millis(Properties properties, String name, Duration usual) {
        return Duration.ofMillis(number(properties, name, usual.toMillis()));
    }

    private static long number(Properties properties, String name, long usual) {
        String value = properties.getProperty(name);
        if (value == null) {
            return usual;
        }
        try {
            return Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the property %s is not a whole number: %s".formatted(name, value), e);
        }
    }

    private static boolean truth(Properties properties, String name, boolean usual) {
        String value = properties.getProperty(name, Boolean.toString(usual)).trim();
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "the property %s is neither true nor false: %s".formatted(name, value));
        };
    }
}
