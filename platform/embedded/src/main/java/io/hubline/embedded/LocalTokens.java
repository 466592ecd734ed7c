package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Issues bearer tokens from a key that lies on this machine.
///
/// It stands in for an identity provider where there is none: in tests and under `./hub`. Whoever can read
/// the key is every user, so it is readable by its owner alone and must never reach a shared installation,
/// which names an OIDC provider instead.
public final class LocalTokens {

    /// The issuer that services are told to trust, `quarkus.oidc.token.issuer`.
    public static final String ISSUER = "hubline-local";

    /// Names the key in a token's header, so that a reader with more than one key knows which to take.
    private static final String KEY_ID = "hubline-local-1";

    private static final int KEY_BITS = 2048;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private LocalTokens(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// The issuer whose key lies in this folder. The first call makes the key; two at once make one.
    ///
    /// Synchronized, for a file lock keeps processes apart and throws at a second thread.
    public static synchronized LocalTokens in(Path folder) {
        Path file = folder.resolve("token-signing.key");
        try {
            PrivateFiles.folder(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("token-signing.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(file)) {
                    PrivateFiles.write(file, newKey().getPrivate().getEncoded());
                }
            }
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new InfrastructureException(
                    "The token key %s cannot be used: %s. Delete it to get a new one.".formatted(file, e.getMessage()),
                    e);
        }
    }

    /// What services check signatures with, as `quarkus.oidc.public-key` wants it: base64 of the DER form.
    public String publicKey() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /// A signed token for a user or a program, valid from now for this long.
    ///
    /// @param groups the roles, under the name OIDC providers use for them
    public String issue(String subject, Set<String> groups, Duration timeToLive) {
        NumericDate now = NumericDate.now();
        NumericDate expiry = NumericDate.fromSeconds(now.getValue() + timeToLive.toSeconds());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(subject);
        claims.setStringClaim("upn", subject);
        claims.setStringListClaim("groups", List.copyOf(groups));
        claims.setIssuedAt(now);
        claims.setExpirationTime(expiry);
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(privateKey);
        signature.setKeyIdHeaderValue(KEY_ID);
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LocalTokens of(byte[] encoded) throws GeneralSecurityException {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        PublicKey publicKey =
                rsa.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        return new LocalTokens(privateKey, publicKey);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }
}
