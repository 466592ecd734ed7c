package io.hubline.kit.security;

/// The roles of the hub, as they stand in the `groups` claim. Every resource method names the roles it
/// lets in.
///
/// Roles do not contain one another: a person who operates and looks has both in the token.
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

    private Roles() {}
}
