package io.hubline.sandbox.shopify.store;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Global ids as the vendor writes them: `gid://shopify/Order/820982911946154508`, with the 64-bit number
/// inside.
public final class Gid {

    private static final Pattern SHAPE = Pattern.compile("gid://shopify/([A-Za-z]+)/(\\d{1,19})(\\?.*)?");

    private Gid() {}

    public static String of(String type, long id) {
        return "gid://shopify/" + type + "/" + id;
    }

    /// The number inside a global id of the given type; empty when the text is anything else, a bare number
    /// included.
    public static OptionalLong parse(String type, String gid) {
        Matcher matcher = SHAPE.matcher(gid);
        if (!matcher.matches() || !matcher.group(1).equals(type)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(2)));
        } catch (NumberFormatException beyondSixtyFourBits) {
            return OptionalLong.empty();
        }
    }

    /// The type named in a global id, or an empty text when it is not one.
    public static String type(String gid) {
        Matcher matcher = SHAPE.matcher(gid);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
