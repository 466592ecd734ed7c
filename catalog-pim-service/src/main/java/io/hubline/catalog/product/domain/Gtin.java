package io.hubline.catalog.product.domain;

/// The Global Trade Item Number: what is under the bars.
public final class Gtin {

    private Gtin() {}

    /// Whether it has 8, 12, 13 or 14 digits, of which the last checks the others (GS1 mod-10).
    public static boolean isSound(String text) {
        int length = text.length();
        if (length != 8 && (length < 12 || length > 14)) {
            return false;
        }
        int sum = 0;
        for (int fromRight = 0; fromRight < length; fromRight++) {
            char digit = text.charAt(length - 1 - fromRight);
            if (digit < '0' || digit > '9') {
                return false;
            }
            sum += (digit - '0') * (fromRight % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }
}
