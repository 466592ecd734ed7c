package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// `X-Shopify-Hmac-SHA256`: base64 of HMAC-SHA256 over the raw body.
final class ShopifySignature {

    private static final String ALGORITHM = "HmacSHA256";

    private ShopifySignature() {}

    /// Whether one of the secrets signed the body. Every secret is tried and compared in constant time, so
    /// the time it takes says nothing about how near a guess was.
    static boolean holds(byte[] body, @Nullable String signature, List<String> secrets) {
        if (signature == null) {
            return false;
        }
        byte[] given;
        try {
            given = Base64.getDecoder().decode(signature.strip());
        } catch (IllegalArgumentException _) {
            // Not base64 is not a signature.
            return false;
        }
        boolean holds = false;
        for (String secret : secrets) {
            holds |= MessageDigest.isEqual(sign(body, secret), given);
        }
        return holds;
    }

    private static byte[] sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
