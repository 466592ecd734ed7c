package io.hubline.kit.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Checks a token once and believes it for a while: a caller shows the same one with every request, and to
/// check its signature costs more than most of what is asked for (ADR 0023).
///
/// A token is believed no longer than it lives and no longer than `hubline.tokens.believed-for`, so that a
/// key that was withdrawn at the provider is believed no longer than that either. Only a token that was
/// accepted is remembered, by its SHA-256 and never itself. One that is bound to its caller's certificate
/// or key (`cnf`, RFC 7800) is checked each time, for whoever shows it has to prove more than that he has
/// it.
@Singleton
final class CheckedTokens implements IdentityProvider<TokenAuthenticationRequest> {

    private static final int TOKENS_MAX = 10_000;

    private final IdentityProvider<TokenAuthenticationRequest> checks;
    private final InstantSource clock;
    private final Duration believedFor;
    private final Map<String, Believed> believed = Collections.synchronizedMap(new LatestUsed());

    /// @param believedFor zero to check every time
    @Inject
    CheckedTokens(
            OidcIdentityProvider checks,
            InstantSource clock,
            @ConfigProperty(name = "hubline.tokens.believed-for", defaultValue = "30s") Duration believedFor) {
        this((IdentityProvider<TokenAuthenticationRequest>) checks, clock, believedFor);
    }

    CheckedTokens(IdentityProvider<TokenAuthenticationRequest> checks, InstantSource clock, Duration believedFor) {
        this.checks = checks;
        this.clock = clock;
        this.believedFor = believedFor;
    }

    /// Before the provider that checks.
    @Override
    public int priority() {
        return checks.priority() + 1;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof AccessTokenCredential token)) {
            return checks.authenticate(request, context);
        }
        String digest = digest(token.getToken());
        Optional<Believed> known = Optional.ofNullable(believed.get(digest));
        if (known.isPresent() && clock.instant().isBefore(known.get().until)) {
            return Uni.createFrom().item(known.get().identity);
        }
        return checks.authenticate(request, context).invoke(identity -> remember(digest, identity));
    }

    private void remember(String digest, SecurityIdentity identity) {
        Instant now = clock.instant();
        believed.remove(digest);
        if (identity.getPrincipal() instanceof JsonWebToken token && !token.containsClaim(Claims.cnf.name())) {
            Instant end = Instant.ofEpochSecond(token.getExpirationTime());
            Instant until = end.isBefore(now.plus(believedFor)) ? end : now.plus(believedFor);
            if (until.isAfter(now)) {
                believed.put(digest, new Believed(apartFromRequest(identity), until));
            }
        }
    }

    /// Without what belongs to the request that it came with.
    private static SecurityIdentity apartFromRequest(SecurityIdentity identity) {
        QuarkusSecurityIdentity.Builder builder = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials())
                .addPermissions(identity.getPermissions());
        identity.getAttributes().forEach((name, value) -> {
            if (!(value instanceof RoutingContext) && !(value instanceof AuthenticationRequestContext)) {
                builder.addAttribute(name, value);
            }
        });
        return builder.build();
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Lets go of what was not shown for longest.
    private static final class LatestUsed extends LinkedHashMap<String, Believed> {

        private static final long serialVersionUID = 1;

        private LatestUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Believed> eldest) {
            return size() > TOKENS_MAX;
        }
    }

    private record Believed(SecurityIdentity identity, Instant until) {}
}
