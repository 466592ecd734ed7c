package io.hubline.sandbox.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.shopify.admin.AdminApi;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The vendor's two endpoints: access tokens and GraphQL, with the vendor's statuses and bodies for what is
/// refused.
final class AdminEdge {

    private static final String VERSION = "2026-10";
    private static final String SCOPES = "read_products,write_products,read_inventory,write_inventory,read_orders,"
            + "write_orders,read_merchant_managed_fulfillment_orders,write_merchant_managed_fulfillment_orders,"
            + "read_locations,read_returns,write_returns";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private AdminEdge() {}

    /// `POST /admin/oauth/access_token` with client credentials, as JSON or as a form.
    static void token(HttpExchange exchange, SimulatedShop shop) throws IOException {
        Answers.demand(exchange, "POST");
        Map<String, String> asked = credentials(exchange);
        if (!"client_credentials".equals(asked.get("grant_type"))) {
            oauthError(exchange, 400, "unsupported_grant_type", "only client_credentials is granted here");
        } else if (!same(shop.config().clientId(), asked.get("client_id"))
                || !same(shop.config().clientSecret(), asked.get("client_secret"))) {
            oauthError(exchange, 401, "invalid_client", "the app's credentials are not known");
        } else {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("access_token", shop.tokens().issue());
            body.put("scope", SCOPES);
            body.put("expires_in", shop.tokens().lifetime().toSeconds());
            Answers.send(exchange, 200, body);
        }
    }

    private static void oauthError(HttpExchange exchange, int status, String error, String description)
            throws IOException {
        Answers.send(exchange, status, Map.of("error", error, "error_description", description));
    }

    private static Map<String, String> credentials(HttpExchange exchange) throws IOException {
        String body = Answers.body(exchange);
        Map<String, String> asked = new HashMap<>();
        switch (Answers.contentType(exchange)) {
            case "application/x-www-form-urlencoded" -> {
                for (String pair : body.split("&", -1)) {
                    String[] parts = pair.split("=", 2);
                    if (parts.length == 2) {
                        asked.put(decoded(parts[0]), decoded(parts[1]));
                    }
                }
            }
            case "application/json" -> {
                try {
                    JsonNode json = Answers.JSON.readTree(body);
                    json.properties()
                            .forEach(each ->
                                    asked.put(each.getKey(), each.getValue().asText()));
                } catch (JsonProcessingException e) {
                    throw new Answers.Refused(400, "the body is not JSON");
                }
            }
            default -> throw new Answers.Refused(415, "the body must be JSON or a form");
        }
        return asked;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, "the form is not encoded as one");
        }
    }

    private static boolean same(String secret, @Nullable String offered) {
        return offered != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    /// `POST /admin/api/2026-10/graphql.json`.
    static void graphql(HttpExchange exchange, SimulatedShop shop, String version) throws IOException {
        exchange.getResponseHeaders().set("X-Request-Id", UUID.randomUUID().toString());
        if (!version.equals(VERSION)) {
            vendorError(exchange, 404, "Not Found");
            return;
        }
        exchange.getResponseHeaders().set("X-Shopify-API-Version", VERSION);
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            vendorError(exchange, 405, "Method Not Allowed");
            return;
        }
        String text = Answers.body(exchange);
        if (!shop.tokens().accepts(exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token"))) {
            vendorError(exchange, 401, "[API] Invalid API key or access token (unrecognized login or wrong password)");
            return;
        }
        if (!Answers.contentType(exchange).equals("application/json")) {
            vendorError(exchange, 415, "Unsupported Media Type");
            return;
        }
        AdminApi.Operation operation = operation(text);
        if (operation == null) {
            Answers.send(exchange, 400, Map.of("errors", Map.of("query", "Required parameter missing or invalid")));
            return;
        }
        AdminApi.Answer answer = shop.api().execute(operation);
        if (answer.sent()) {
            Answers.send(exchange, 200, answer.body());
        } else {
            exchange.close();
        }
    }

    private static AdminApi.@Nullable Operation operation(String text) {
        try {
            JsonNode json = Answers.JSON.readTree(text);
            JsonNode query = json.path("query");
            JsonNode variables = json.path("variables");
            JsonNode name = json.path("operationName");
            boolean readable = query.isTextual()
                    && (variables.isObject() || variables.isMissingNode() || variables.isNull())
                    && (name.isTextual() || name.isMissingNode() || name.isNull());
            if (!readable) {
                return null;
            }
            return new AdminApi.Operation(
                    query.textValue(),
                    variables.isObject() ? Answers.JSON.convertValue(variables, OBJECT) : Map.of(),
                    name.textValue());
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private static void vendorError(HttpExchange exchange, int status, String why) throws IOException {
        Answers.send(exchange, status, Map.of("errors", why));
    }
}
