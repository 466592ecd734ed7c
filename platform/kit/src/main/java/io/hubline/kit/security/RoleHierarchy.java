package io.hubline.kit.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;

/// Gives an identity the roles that its token's roles contain.
@Singleton
final class RoleHierarchy implements SecurityIdentityAugmentor {

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        Set<String> roles = new TreeSet<>();
        identity.getRoles().forEach(role -> roles.addAll(Roles.impliedBy(role)));
        return Uni.createFrom()
                .item(
                        roles.equals(identity.getRoles())
                                ? identity
                                : QuarkusSecurityIdentity.builder(identity)
                                        .addRoles(roles)
                                        .build());
    }
}
