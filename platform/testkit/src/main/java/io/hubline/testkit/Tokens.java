package io.hubline.testkit;

import io.hubline.embedded.LocalTokens;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Requests made as somebody with certain roles.
///
/// ```java
/// Tokens.as("operator").body(...).post("/stock/receipts").then().statusCode(200);
/// ```
public final class Tokens {

    /// Who the tokens speak for: what the audit shows as the actor.
    public static final String SUBJECT = "tester";

    private static final Duration LIFETIME = Duration.ofHours(1);

    private Tokens() {}

    /// A request with a token for these roles; with none, for a known user who may do nothing.
    public static RequestSpecification as(String... roles) {
        return RestAssured.given().auth().oauth2(of(roles));
    }

    /// The token itself, valid for an hour.
    public static String of(String... roles) {
        return issuer().issue(SUBJECT, Set.copyOf(List.of(roles)), LIFETIME);
    }

    static LocalTokens issuer() {
        return LocalTokens.in(Build.current().folder().resolve("keys"));
    }
}
