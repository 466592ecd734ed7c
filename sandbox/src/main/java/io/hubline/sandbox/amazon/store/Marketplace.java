package io.hubline.sandbox.amazon.store;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;

/// One of the vendor's stores, by its published id.
public enum Marketplace {
    US("ATVPDKIKX0DER", "Amazon.com", "USD", "en_US"),
    CA("A2EUQ1WTGCTBG2", "Amazon.ca", "CAD", "en_CA"),
    MX("A1AM78C64UM0Y8", "Amazon.com.mx", "MXN", "es_MX"),
    BR("A2Q3Y263D00KWC", "Amazon.com.br", "BRL", "pt_BR"),
    UK("A1F83G8C2ARO7P", "Amazon.co.uk", "GBP", "en_GB"),
    DE("A1PA6795UKMFR9", "Amazon.de", "EUR", "de_DE"),
    FR("A13V1IB3VIYZZH", "Amazon.fr", "EUR", "fr_FR"),
    IT("APJ6JRA9NG5V4", "Amazon.it", "EUR", "it_IT"),
    ES("A1RKKUPIHCS9HS", "Amazon.es", "EUR", "es_ES"),
    NL("A1805IZSGTT6HS", "Amazon.nl", "EUR", "nl_NL"),
    SE("A2NODRKZP88ZB9", "Amazon.se", "SEK", "sv_SE"),
    PL("A1C3SOZRARQ6R3", "Amazon.pl", "PLN", "pl_PL"),
    TR("A33AVAJ2PDY3EV", "Amazon.com.tr", "TRY", "tr_TR"),
    AE("A2VIGQ35RCS4UG", "Amazon.ae", "AED", "en_AE"),
    SA("A17E79C6D8DWNP", "Amazon.sa", "SAR", "ar_SA"),
    EG("ARBP9OOSHTCHU", "Amazon.eg", "EGP", "ar_EG"),
    IN("A21TJRUUN4KGV", "Amazon.in", "INR", "en_IN"),
    JP("A1VC38T7YXB528", "Amazon.co.jp", "JPY", "ja_JP"),
    AU("A39IBJ37TRP1C6", "Amazon.com.au", "AUD", "en_AU"),
    SG("A19VAU5U5O7RUS", "Amazon.sg", "SGD", "en_SG");

    private final String id;
    private final String storeName;
    private final String currency;
    private final String locale;

    Marketplace(String id, String storeName, String currency, String locale) {
        this.id = id;
        this.storeName = storeName;
        this.currency = currency;
        this.locale = locale;
    }

    /// The store with this id.
    public static Optional<Marketplace> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    public String id() {
        return id;
    }

    public String storeName() {
        return storeName;
    }

    public String currency() {
        return currency;
    }

    /// The language tag of values that name none.
    public String locale() {
        return locale;
    }

    /// How many decimal places an amount has here.
    public int digits() {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    /// Minor units as the vendor writes amounts.
    public BigDecimal major(long minor) {
        return BigDecimal.valueOf(minor, digits());
    }
}
