package io.hubline.connector.adapter.shopify;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Carrier names as Shopify knows them. It links a tracking number only for a name written exactly as in
/// its list.
final class Carriers {

    private static final List<String> KNOWN = List.of(
            "4PX",
            "Amazon",
            "Amazon Logistics UK",
            "An Post",
            "APC",
            "Asendia USA",
            "Australia Post",
            "BPost",
            "BPost International",
            "Canada Post",
            "Canpar",
            "China Post",
            "Chronopost",
            "Colissimo",
            "Correios",
            "Correos",
            "CTT",
            "CTT Express",
            "Deutsche Post",
            "DHL eCommerce",
            "DHL eCommerce Asia",
            "DHL Express",
            "DPD",
            "DPD Local",
            "DPD UK",
            "Estes",
            "Evri",
            "FedEx",
            "GLS",
            "Japan Post (EN)",
            "La Poste Colissimo",
            "Lasership",
            "Mondial Relay",
            "New Zealand Post",
            "NinjaVan",
            "OnTrac",
            "Packeta",
            "Pitney Bowes",
            "Poste Italiane",
            "PostNL",
            "PostNord DK",
            "PostNord NO",
            "PostNord SE",
            "Purolator",
            "Royal Mail",
            "Sagawa (EN)",
            "Sendle",
            "SF Express",
            "Singapore Post",
            "StarTrack",
            "Swiss Post",
            "TForce Final Mile",
            "TNT",
            "Toll IPEC",
            "UPS",
            "USPS",
            "Venipak",
            "Whistl",
            "XPO Logistics",
            "Yamato (EN)",
            "YunExpress");

    private static final Map<String, String> BY_KEY = new HashMap<>(Map.of(
            "dhl", "DHL Express",
            "federalexpress", "FedEx",
            "unitedparcelservice", "UPS",
            "unitedstatespostalservice", "USPS",
            "hermes", "Evri",
            "swisspostservice", "Swiss Post",
            "postnl", "PostNL"));

    static {
        KNOWN.forEach(name -> BY_KEY.put(key(name), name));
    }

    private Carriers() {}

    /// The name in Shopify's spelling; the given name where Shopify does not know it.
    static String name(String carrier) {
        return BY_KEY.getOrDefault(key(carrier), carrier);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
