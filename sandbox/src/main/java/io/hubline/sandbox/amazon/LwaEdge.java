package io.hubline.sandbox.amazon;

import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.api.LwaTokens;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `POST /auth/o2/token`: a refresh token and the app's credentials give an access token for an hour.
final class LwaEdge {

    private final Collection<SimulatedSeller> sellers;
    private final LwaTokens tokens;

    LwaEdge(Collection<SimulatedSeller> sellers, LwaTokens tokens) {
        this.sellers = List.copyOf(sellers);
        this.tokens = tokens;
    }

    void serve(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        Answers.demand(exchange, "POST");
        Map<String, String> form = form(exchange);
        String grant = form.get("grant_type");
        if (grant == null) {
            refuse(exchange, 400, "invalid_request", "The request is missing a required parameter : grant_type");
        } else if (!grant.equals("refresh_token")) {
            refuse(
                    exchange,
                    400,
                    "unsupported_grant_type",
                    "The authorization grant type is not supported by the authorization server");
        } else {
            refresh(exchange, form);
        }
    }

    private void refresh(HttpExchange exchange, Map<String, String> form) throws IOException {
        for (String name : List.of("refresh_token", "client_id", "client_secret")) {
            if (form.getOrDefault(name, "").isEmpty()) {
                refuse(exchange, 400, "invalid_request", "The request is missing a required parameter : " + name);
                return;
            }
        }
        List<SimulatedSeller> ofApp = sellers.stream()
                .filter(seller -> same(seller.account().clientId(), form.get("client_id"))
                        && same(seller.account().clientSecret(), form.get("client_secret")))
                .toList();
        if (ofApp.isEmpty()) {
            refuse(exchange, 401, "invalid_client", "Client authentication failed");
            return;
        }
        SimulatedSeller granted = ofApp.stream()
                .filter(seller -> same(seller.account().refreshToken(), form.get("refresh_token")))
                .findFirst()
                .orElse(null);
        if (granted == null) {
            refuse(exchange, 400, "invalid_grant", "The request has an invalid grant parameter : refresh_token");
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", tokens.issue(granted.account().name()));
        body.put("refresh_token", granted.account().refreshToken());
        body.put("token_type", "bearer");
        body.put("expires_in", tokens.lifetime().toSeconds());
        Answers.send(exchange, 200, body);
    }

    private static void refuse(HttpExchange exchange, int status, String error, String description) throws IOException {
        Answers.send(exchange, status, Map.of("error", error, "error_description", description));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String text = Answers.body(exchange);
        Map<String, String> form = new HashMap<>();
        if (!Answers.contentType(exchange).equals("application/x-www-form-urlencoded")) {
            return form;
        }
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, "the form is not encoded as one");
        }
    }

    private static boolean same(String known, @Nullable String offered) {
        return offered != null
                && MessageDigest.isEqual(
                        known.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }
}
