package io.hubline.kit.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.contracts.SealedPersonal;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals and opens personal data with AES-256-GCM. Sealing takes the current key; opening takes the one
/// that the sealed value names.
///
/// The context is authenticated with the content and not stored: opening in another context fails.
public final class PersonalCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final String currentId;
    private final Map<String, SecretKeySpec> keys = new HashMap<>();

    /// @param key base64 of 32 bytes
    /// @param retiredKeys the same by id: they open and never seal
    /// @throws IllegalArgumentException when a key is not base64 of 32 bytes
    public PersonalCipher(String keyId, String key, Map<String, String> retiredKeys) {
        currentId = keyId;
        retiredKeys.forEach((id, text) -> keys.put(id, parse(id, text)));
        keys.put(keyId, parse(keyId, key));
    }

    private static SecretKeySpec parse(String id, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes a character of the key, so it is not passed on.
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("key '%s' for personal data is not base64 of 32 bytes".formatted(id));
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /// Seals a text for an event.
    ///
    /// @param context whose it is, such as `account:externalId`
    public SealedPersonal seal(String plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, currentId, nonce, plain.getBytes(UTF_8), context);
        byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return new SealedPersonal(currentId, Base64.getEncoder().encodeToString(all));
    }

    /// Opens what [#seal] sealed.
    ///
    /// @throws UnknownKeyException when its key is not configured
    /// @throws IllegalArgumentException when it was altered or belongs to another context
    public String open(SealedPersonal sealed, String context) {
        byte[] all = Base64.getDecoder().decode(sealed.ciphertext());
        if (all.length < NONCE_BYTES) {
            throw new IllegalArgumentException("sealed personal data is too short");
        }
        ByteBuffer parts = ByteBuffer.wrap(all);
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] content = new byte[all.length - NONCE_BYTES];
        parts.get(nonce).get(content);
        return new String(run(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, content, context), UTF_8);
    }

    /// Seals a text for a column: the key's id, a colon, base64.
    public String sealText(String plain, String context) {
        SealedPersonal sealed = seal(plain, context);
        return sealed.keyId() + ":" + sealed.ciphertext();
    }

    /// Opens what [#sealText] sealed.
    public String openText(String sealed, String context) {
        int colon = sealed.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the column holds no sealed personal data");
        }
        return open(new SealedPersonal(sealed.substring(0, colon), sealed.substring(colon + 1)), context);
    }

    private byte[] run(int mode, String keyId, byte[] nonce, byte[] content, String context) {
        @Nullable SecretKeySpec key = keys.get(keyId);
        if (key == null) {
            throw new UnknownKeyException(keyId);
        }
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("personal data does not open: altered, or of another context", e);
        }
    }
}
