package io.hubline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokensTest {

    @TempDir
    Path folder;

    @Test
    void a_token_names_its_subject_and_roles_and_is_checked_with_the_public_key() throws Exception {
        LocalTokens tokens = LocalTokens.in(folder);

        String token = tokens.issue("ann", Set.of("operator", "viewer"), Duration.ofMinutes(5));

        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKey(decode(tokens.publicKey()))
                .setExpectedIssuer(LocalTokens.ISSUER)
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getStringListClaimValue("groups")).containsExactlyInAnyOrder("operator", "viewer");
    }

    @Test
    void the_key_is_made_once_and_only_its_owner_can_read_it() throws Exception {
        String first = LocalTokens.in(folder).publicKey();

        String second = LocalTokens.in(folder).publicKey();

        assertThat(second).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(folder.resolve("token-signing.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static PublicKey decode(String base64) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
