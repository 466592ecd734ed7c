package io.hubline.inventory.availability.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The limits that somebody set for an offer, by field: the value, and the row that names it.
record Limits(Map<String, Object> values, Map<String, String> rows) {

    /// What is said of an account and a SKU by rows, the most particular first.
    static Limits of(String account, String sku, Map<String, Map<String, Object>> settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> rows = new TreeMap<>();
        for (String row : List.of(account + "/" + sku, "*/" + sku, account + "/*")) {
            settings.getOrDefault(row, Map.of()).forEach((field, value) -> {
                values.putIfAbsent(field, value);
                rows.putIfAbsent(field, row);
            });
        }
        return new Limits(values, rows);
    }

    int safetyStock() {
        return number("safetyStock", 0);
    }

    int safetyPercent() {
        return number("safetyPercent", 0);
    }

    int minimum() {
        return number("minimum", 0);
    }

    int maximum() {
        return number("maximum", Integer.MAX_VALUE);
    }

    int share() {
        return number("share", 100);
    }

    int reserve() {
        return number("reserve", 0);
    }

    int madeToOrder() {
        return number("madeToOrder", 0);
    }

    boolean discontinued() {
        return Boolean.TRUE.equals(values.get("discontinued"));
    }

    double oversellProbability() {
        return values.get("oversellProbability") instanceof Double probability ? probability : 0;
    }

    List<String> locations() {
        List<String> locations = new ArrayList<>();
        if (values.get("locations") instanceof Collection<?> named) {
            named.forEach(name -> locations.add(Objects.toString(name)));
        }
        return locations.stream().sorted().toList();
    }

    private int number(String field, int otherwise) {
        return values.get(field) instanceof Integer number ? number : otherwise;
    }
}
