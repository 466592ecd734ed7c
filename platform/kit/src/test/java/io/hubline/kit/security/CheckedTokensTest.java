package io.hubline.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckedTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration BELIEVED_FOR = Duration.ofSeconds(30);

    private final Map<String, Object> claims =
            new HashMap<>(Map.of("exp", START.plusSeconds(3600).getEpochSecond()));
    private final Provider provider = new Provider();
    private Instant now = START;
    private final CheckedTokens tokens = new CheckedTokens(provider, (InstantSource) () -> now, BELIEVED_FOR);

    @Test
    void a_token_is_checked_once_and_then_believed_for_a_while() {
        SecurityIdentity first = show("one");
        now = START.plus(BELIEVED_FOR).minusMillis(1);
        SecurityIdentity second = show("one");

        assertThat(provider.checks).isEqualTo(1);
        assertThat(second.getPrincipal()).isSameAs(first.getPrincipal());
        assertThat(second.getRoles()).containsExactly("viewer");
        assertThat(second.<String>getAttribute("tenant-id")).isEqualTo("Default");

        now = START.plus(BELIEVED_FOR);
        show("one");
        assertThat(provider.checks).isEqualTo(2);
    }

    @Test
    void another_token_is_checked() {
        show("one");
        show("two");

        assertThat(provider.checks).isEqualTo(2);
    }

    @Test
    void no_token_is_believed_longer_than_it_lives() {
        claims.put("exp", START.plusSeconds(5).getEpochSecond());
        show("one");
        now = START.plusSeconds(5);
        provider.refuses = true;

        assertThatThrownBy(() -> show("one")).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void a_token_that_was_refused_is_not_remembered() {
        provider.refuses = true;
        assertThatThrownBy(() -> show("one")).isInstanceOf(AuthenticationFailedException.class);
        provider.refuses = false;

        show("one");
        assertThat(provider.checks).isEqualTo(2);
    }

    @Test
    void a_token_that_is_bound_to_its_caller_is_checked_every_time() {
        claims.put("cnf", Map.of("x5t#S256", "thumbprint"));
        show("one");
        show("one");

        assertThat(provider.checks).isEqualTo(2);
    }

    @Test
    void what_belongs_to_a_request_is_not_kept() {
        show("one");
        assertThat(show("one").getAttributes()).doesNotContainKey("request");
    }

    @Test
    void what_is_no_bearer_token_is_none_of_its_business() {
        show(() -> new TokenCredential("one", "other"));
        show(() -> new TokenCredential("one", "other"));

        assertThat(provider.checks).isEqualTo(2);
    }

    private SecurityIdentity show(String token) {
        return show(() -> new AccessTokenCredential(token));
    }

    private SecurityIdentity show(Supplier<TokenCredential> token) {
        return tokens.authenticate(new TokenAuthenticationRequest(token.get()), new Nothing())
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private final class Provider implements IdentityProvider<TokenAuthenticationRequest> {

        private int checks;
        private boolean refuses;

        @Override
        public Class<TokenAuthenticationRequest> getRequestType() {
            return TokenAuthenticationRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(
                TokenAuthenticationRequest request, AuthenticationRequestContext context) {
            checks++;
            return refuses
                    ? Uni.createFrom().failure(new AuthenticationFailedException())
                    : Uni.createFrom()
                            .item(QuarkusSecurityIdentity.builder()
                                    .setPrincipal(new Token(Map.copyOf(claims)))
                                    .addRole("viewer")
                                    .addAttribute("tenant-id", "Default")
                                    .addAttribute("request", context)
                                    .build());
        }
    }

    private record Token(Map<String, Object> claims) implements JsonWebToken {

        @Override
        public String getName() {
            return "tester";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
        public <T> @Nullable T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static final class Nothing implements AuthenticationRequestContext {

        @Override
        public Uni<SecurityIdentity> runBlocking(Supplier<SecurityIdentity> function) {
            return Uni.createFrom().item(function);
        }
    }
}
