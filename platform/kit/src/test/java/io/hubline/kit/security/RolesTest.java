package io.hubline.kit.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The probe is looked at with `GET` (viewer) and changed with `POST` (operator).
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class RolesTest {

    @ParameterizedTest
    @CsvSource({
        "viewer,   200, 403",
        "operator, 200, 200",
        "catalog,  200, 403",
        "finance,  200, 403",
        "admin,    200, 200",
        "service,  200, 403",
        "stranger, 403, 403"
    })
    void a_role_may_do_what_the_roles_it_contains_may(String role, int looking, int changing) {
        Tokens.as(role).get("/probe").then().statusCode(looking);
        Tokens.as(role)
                .contentType("application/json")
                .body("{\"name\":\"n\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}")
                .post("/probe")
                .then()
                .statusCode(changing);
    }

    @Test
    void a_token_without_a_role_may_do_nothing() {
        Tokens.as().get("/probe").then().statusCode(403);
    }

    @Test
    void nobody_becomes_a_machine_or_an_admin_by_another_role() {
        assertThat(Set.of(Roles.VIEWER, Roles.OPERATOR, Roles.CATALOG, Roles.FINANCE))
                .allSatisfy(role -> assertThat(Roles.impliedBy(role)).doesNotContain(Roles.ADMIN, Roles.SERVICE));
        assertThat(Roles.impliedBy(Roles.ADMIN)).doesNotContain(Roles.SERVICE);
        assertThat(Roles.impliedBy(Roles.SERVICE)).containsExactlyInAnyOrder(Roles.SERVICE, Roles.VIEWER);
    }
}
