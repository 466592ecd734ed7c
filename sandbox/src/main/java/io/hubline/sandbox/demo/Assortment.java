package io.hubline.sandbox.demo;

import io.hubline.sandbox.amazon.Selling;
import io.hubline.sandbox.shopify.Control;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What the demo's seller sells, where it lies, and what it costs to send; set up through the hub's own
/// APIs.
///
/// Most SKUs are deep enough for the whole trade. A few are scarce and sold on by the shops all the same
/// (policy `CONTINUE`), so that there are backorders, and a delivery in the middle of the trade fills them.
/// One is sold by a shop before the catalogue knows it, so that a hold is seen to lift by itself.
final class Assortment {

    static final int SKUS = 40;
    static final int SCARCE = 3;

    /// Sold from the first second, and made known to the catalogue late in the trade.
    static final String LATECOMER = "SKU-900";

    /// Where buyers send things back to.
    static final String RETURNS_LOCATION = "MEMPHIS";

    private static final List<String> LOCATIONS = List.of("RENO", "MEMPHIS", "ALLENTOWN");
    private static final List<String> REGIONS = List.of("NV", "TN", "PA");
    private static final String CURRENCY = "USD";

    private final HubApi api;
    private final Function<String, URI> service;
    private final Shops shops;
    private final boolean escrow;
    private final List<Delivered> delivered = new ArrayList<>();
    private final Map<String, Integer> received = new LinkedHashMap<>();
    private final List<Map<String, Object>> lateOffers = new ArrayList<>();
    private int receipts;

    /// @param mode in escrow everything is scarce, divided over the channels by order of the seller, and no
    ///     shop sells on below its own number
    Assortment(HubApi api, Function<String, URI> service, Shops shops, DemoOptions.Mode mode) {
        this.escrow = mode == DemoOptions.Mode.ESCROW;
        this.api = api;
        this.service = service;
        this.shops = shops;
    }

    /// Opens the shops and tells the hub of locations, rates, offers and stock.
    ///
    /// @param unitsExpected how many units buyers will take in all; the stock is measured by it
    void setUp(int unitsExpected) throws InterruptedException {
        for (int at = 0; at < LOCATIONS.size(); at++) {
            location(LOCATIONS.get(at), REGIONS.get(at), at);
        }
        if (escrow) {
            for (String sku : everything()) {
                api.put(
                        service.apply("inventory").resolve("/availability/modes/default/" + sku),
                        Map.of("mode", "ESCROW"));
            }
        }
        List<Map<String, Object>> offers = new ArrayList<>();
        for (String shop : Shops.NAMES) {
            for (Control.Listed listed : shops.open(shop, catalogue())) {
                (listed.sku().equals(LATECOMER) ? lateOffers : offers).add(offer(listed));
            }
        }
        offers.addAll(openMarketplace());
        api.post(service.apply("catalog-pim").resolve("/offers/bulk"), offers);
        for (int number = 1; number <= SKUS; number++) {
            receive(sku(number), atFirst(number, unitsExpected));
        }
        receive(LATECOMER, 30);
    }

    private int atFirst(int number, int unitsExpected) {
        if (escrow) {
            return Math.max(6, unitsExpected / SKUS / 2);
        }
        return number <= SCARCE ? Math.max(3, unitsExpected / 40) : Math.max(30, unitsExpected);
    }

    /// Offers everything that is deep at Amazon as well; what is scarce or late is not sold there, for
    /// Amazon sells nothing that it does not show.
    private List<Map<String, Object>> openMarketplace() throws InterruptedException {
        List<Selling.NewListing> listings = new ArrayList<>();
        List<Map<String, Object>> offers = new ArrayList<>();
        for (String sku : deepSkus()) {
            listings.add(Selling.NewListing.merchant(sku, "Article " + sku, 2_990, 0));
            offers.add(Map.of(
                    "account",
                    Marketplace.ACCOUNT,
                    "channelSku",
                    sku,
                    "channel",
                    "amazon",
                    "sku",
                    sku,
                    "status",
                    "ACTIVE"));
        }
        listings.add(new Selling.NewListing(Marketplace.AT_AMAZON, "Article at Amazon", 1_990, 500, true, null));
        shops.marketplace().open(listings);
        return offers;
    }

    /// The delivery that fills the backorders, or in escrow every shelf once more.
    void deliver(int unitsExpected) throws InterruptedException {
        for (int number = 1; number <= (escrow ? SKUS : SCARCE); number++) {
            receive(sku(number), escrow ? atFirst(number, unitsExpected) : Math.max(30, unitsExpected));
        }
    }

    /// Makes the latecomer known.
    void introduceLatecomer() throws InterruptedException {
        api.post(service.apply("catalog-pim").resolve("/offers/bulk"), lateOffers);
    }

    /// SKUs that there is enough of, from the most wanted to the least.
    List<String> deepSkus() {
        List<String> skus = new ArrayList<>();
        for (int number = SCARCE + 1; number <= SKUS; number++) {
            skus.add(sku(number));
        }
        return List.copyOf(skus);
    }

    /// SKUs from the most wanted to the least.
    List<String> skus() {
        List<String> skus = new ArrayList<>(deepSkus());
        for (int number = 1; number <= SCARCE; number++) {
            skus.add(3 * number, sku(number));
        }
        return List.copyOf(skus);
    }

    /// Units that came in, by SKU: the demo's own count.
    Map<String, Integer> received() {
        return Map.copyOf(received);
    }

    /// Every SKU there ever is.
    List<String> everything() {
        List<String> all = new ArrayList<>(skus().stream().sorted().toList());
        all.add(LATECOMER);
        return List.copyOf(all);
    }

    /// Units that came in, with the moment just before the hub was told.
    List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    /// Units that came in.
    record Delivered(String sku, int units, Instant at) {}

    private void location(String location, String region, int at) throws InterruptedException {
        URI routing = service.apply("routing");
        api.put(
                routing.resolve("/locations/" + location),
                Map.of(
                        "name",
                        location.charAt(0) + location.substring(1).toLowerCase(Locale.ROOT),
                        "country",
                        "US",
                        "region",
                        region,
                        "enabled",
                        true));
        rate(routing, location + "-US", location, null, 790 + 60 * at, 120);
        for (String near : NEAR.get(at)) {
            rate(routing, location + "-US-" + near, location, near, 490, 90);
        }
    }

    private static final List<List<String>> NEAR =
            List.of(List.of("CA", "OR", "ID", "CO"), List.of("KY", "TX", "FL"), List.of("OH", "NJ", "WI"));

    private void rate(
            URI routing,
            String rate,
            String location,
            @org.jspecify.annotations.Nullable String region,
            int baseMinor,
            int perUnitMinor)
            throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("locationId", location);
        body.put("country", "US");
        if (region != null) {
            body.put("region", region);
        }
        body.put("carrier", "UPS");
        body.put("service", "ground");
        body.put("baseMinor", baseMinor);
        body.put("perUnitMinor", perUnitMinor);
        body.put("currency", CURRENCY);
        body.put("transitDays", region == null ? 5 : 2);
        api.put(routing.resolve("/rates/" + rate), body);
    }

    private void receive(String sku, int units) throws InterruptedException {
        List<Map<String, Object>> lines = new ArrayList<>();
        int share = Math.ceilDiv(units, LOCATIONS.size());
        for (String location : LOCATIONS) {
            lines.add(Map.of("sku", sku, "locationId", location, "quantity", share));
        }
        receipts++;
        delivered.add(new Delivered(sku, share * LOCATIONS.size(), Instant.now()));
        api.post(
                service.apply("inventory").resolve("/stock/receipts"),
                Map.of("receiptId", "DELIVERY-" + receipts, "lines", lines));
        received.merge(sku, share * LOCATIONS.size(), Integer::sum);
    }

    private Control.Catalogue catalogue() {
        List<Control.NewProduct> products = new ArrayList<>();
        for (int number = 1; number <= SKUS; number++) {
            products.add(product(sku(number), "Article " + number, 1_000 + 130 * number, !escrow && number <= SCARCE));
        }
        products.add(product(LATECOMER, "Latecomer", 2_500, !escrow));
        return new Control.Catalogue(products);
    }

    private static Control.NewProduct product(String sku, String title, long priceMinor, boolean soldOn) {
        return new Control.NewProduct(
                title,
                "Hubline Outfitters",
                List.of(new Control.NewVariant(
                        sku,
                        "Default",
                        priceMinor,
                        soldOn ? "CONTINUE" : "DENY",
                        List.of(new Control.NewStock("Main", 0)))));
    }

    private static Map<String, Object> offer(Control.Listed listed) {
        return Map.of(
                "account", listed.shop(),
                "channelSku", listed.sku(),
                "channel", "shopify",
                "sku", listed.sku(),
                "variantId", listed.variantId(),
                "inventoryItemId", listed.inventoryItemId(),
                "channelLocation", listed.stock().getFirst().locationId(),
                "status", "ACTIVE");
    }

    private static String sku(int number) {
        return String.format(Locale.ROOT, "SKU-%03d", number);
    }
}
