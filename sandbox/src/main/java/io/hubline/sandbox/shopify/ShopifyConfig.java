package io.hubline.sandbox.shopify;

import io.hubline.sandbox.shopify.admin.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What the simulated shops are opened with.
///
/// `webhookTimeFactor` scales the vendor's retry schedule: 1 is four hours, 0.002 about half a minute.
public record ShopifyConfig(
        long seed, Duration tokenLifetime, double webhookTimeFactor, Duration jobDelay, List<ShopConfig> shops) {

    /// The vendor's lifetime of a client-credentials token.
    public static final Duration VENDOR_TOKEN_LIFETIME = Duration.ofSeconds(86_399);

    public ShopifyConfig {
        shops = List.copyOf(shops);
        if (shops.isEmpty()) {
            throw new IllegalArgumentException("shops names no shop");
        }
        if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
            throw new IllegalArgumentException("token.lifetime-seconds must be positive");
        }
        if (!(webhookTimeFactor > 0 && webhookTimeFactor <= 1)) {
            throw new IllegalArgumentException("webhook.time-factor must be above 0 and at most 1");
        }
    }

    /// One shop and the app installed in it. With a `webhookTarget` the app's declared subscriptions point
    /// there.
    public record ShopConfig(
            String name,
            String clientId,
            String clientSecret,
            String webhookSecret,
            Plan plan,
            @Nullable URI webhookTarget) {

        public ShopConfig {
            if (!name.matches("[a-z0-9][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "a shop's name is lower case letters, digits and dashes, not " + name);
            }
        }
    }

    /// Throws `IllegalArgumentException` naming the property that is missing or wrong.
    public static ShopifyConfig of(Properties properties) {
        return new ShopifyConfig(
                (long) number(properties, "seed", 1),
                Duration.ofMillis((long) (1000 * number(properties, "token.lifetime-seconds", 86_399))),
                number(properties, "webhook.time-factor", 1),
                Duration.ofMillis((long) number(properties, "job.delay-millis", 300)),
                Arrays.stream(required(properties, "shops").split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .map(name -> shop(properties, name))
                        .toList());
    }

    private static ShopConfig shop(Properties properties, String name) {
        String prefix = "shop." + name + ".";
        String clientSecret = required(properties, prefix + "client-secret");
        return new ShopConfig(
                name,
                required(properties, prefix + "client-id"),
                clientSecret,
                properties.getProperty(prefix + "webhook-secret", clientSecret),
                Plan.named(properties.getProperty(prefix + "plan", "standard")),
                Optional.ofNullable(properties.getProperty(prefix + "webhook-url"))
                        .map(URI::create)
                        .orElse(null));
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the property " + name + " is missing");
        }
        return value.trim();
    }

    private static double number(Properties properties, String name, double fallback) {
        String value = properties.getProperty(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the property %s is not a number: %s".formatted(name, value), e);
        }
    }
}
