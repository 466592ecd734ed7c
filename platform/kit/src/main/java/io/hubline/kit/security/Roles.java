package io.hubline.kit.security;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The roles of the hub, as they stand in the `groups` claim. Every resource method names the roles it lets
/// in.
///
/// Some roles contain others (see [#impliedBy]), so that a method names the least that may call it and a
/// token need not list what its role contains.
public final class Roles {

    /// Looks at everything that is not personal.
    public static final String VIEWER = "viewer";

    /// Moves stock and orders, lifts holds, replays dead letters.
    public static final String OPERATOR = "operator";

    /// Edits offers, products and prices.
    public static final String CATALOG = "catalog";

    /// Sees and settles money.
    public static final String FINANCE = "finance";

    /// Changes how the hub itself works.
    public static final String ADMIN = "admin";

    /// A machine: another service, or the seller's ERP.
    public static final String SERVICE = "service";

    private static final Map<String, Set<String>> CONTAINED = Map.of(
            OPERATOR, Set.of(VIEWER),
            CATALOG, Set.of(VIEWER),
            FINANCE, Set.of(VIEWER),
            ADMIN, Set.of(VIEWER, OPERATOR, CATALOG, FINANCE),
            SERVICE, Set.of(VIEWER));

    private Roles() {}

    /// A role and everything it contains: whoever changes something may look, and an admin may do what any
    /// person may. A machine looks, and does what names it; it does not decide for an operator.
    public static Set<String> impliedBy(String role) {
        Set<String> roles = new TreeSet<>(CONTAINED.getOrDefault(role, Set.of()));
        roles.add(role);
        return roles;
    }
}
