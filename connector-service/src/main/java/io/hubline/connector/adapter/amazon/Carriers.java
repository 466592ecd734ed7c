package io.hubline.connector.adapter.amazon;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Carriers by Amazon's codes. What it does not know goes as `Other` with its name.
final class Carriers {

    static final String OTHER = "Other";

    private static final List<String> KNOWN = List.of(
            "Amazon Shipping",
            "Australia Post",
            "BRT",
            "Canada Post",
            "Chronopost",
            "City Link",
            "Correos",
            "DHL",
            "DHL eCommerce",
            "DHL Express",
            "DHL Global Mail",
            "DPD",
            "Fastway",
            "FedEx",
            "FedEx SmartPost",
            "GLS",
            "Hermes Logistik Gruppe",
            "JapanPost",
            "La Poste",
            "Lasership",
            "Newgistics",
            "NipponExpress",
            "OnTrac",
            "OSM",
            "Parcelforce",
            "Poste Italiane",
            "PostNL",
            "PostNord",
            "Royal Mail",
            "SagawaExpress",
            "SEUR",
            "Streamlite",
            "TNT",
            "UPS",
            "UPS Mail Innovations",
            "USPS",
            "YamatoTransport",
            "Yodel");

    private static final Map<String, String> BY_KEY = new HashMap<>(Map.of(
            "federalexpress", "FedEx",
            "unitedparcelservice", "UPS",
            "unitedstatespostalservice", "USPS",
            "hermes", "Hermes Logistik Gruppe",
            "colissimo", "La Poste",
            "lapostecolissimo", "La Poste",
            "yamato", "YamatoTransport",
            "sagawa", "SagawaExpress",
            "japanposten", "JapanPost"));

    static {
        KNOWN.forEach(code -> BY_KEY.put(key(code), code));
    }

    private Carriers() {}

    /// Amazon's code, or `Other`.
    static String code(String carrier) {
        return BY_KEY.getOrDefault(key(carrier), OTHER);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
