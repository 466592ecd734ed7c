package io.hubline.sandbox.amazon.store;

import java.util.Set;

/// The carriers that may be named by code; any other goes as `Other` with its name.
final class CarrierCodes {

    static final String OTHER = "Other";

    private static final Set<String> KNOWN = Set.of(
            OTHER,
            "Amazon Shipping",
            "AUSSIE_POST",
            "Australia Post",
            "Blue Package",
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
            "GO!",
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
            "Target",
            "TNT",
            "UPS",
            "UPS Mail Innovations",
            "UPSMI",
            "USPS",
            "YamatoTransport",
            "Yodel");

    private CarrierCodes() {}

    static boolean known(String code) {
        return KNOWN.contains(code);
    }
}
