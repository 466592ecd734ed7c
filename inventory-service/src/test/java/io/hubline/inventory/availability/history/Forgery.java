package io.hubline.inventory.availability.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Copies of an explanation, each with one thing in it changed.
final class Forgery {

    /// What is no figure of the sum, or not of every sum: positions in lists, what follows from other
    /// figures, what a buffer would be where another is larger, and what nobody can know afterwards.
    private static final Pattern LEFT_ALONE = Pattern.compile(
            ".*/(onHandAfter|permit|bookedUnits|soldUnits|promisable|atRisk|lowStock|lowStockRecovery|settledThrough"
                    + "|base|permits|channel|firstHolds|computedSafety|exposedElsewhere)"
                    + "|/division/exposure|/parts/[0-9]+/exposed");

    private Forgery() {}

    /// @param alone further paths that are left alone
    static List<JsonNode> of(ObjectNode explained, Pattern alone) {
        List<JsonNode> copies = new ArrayList<>();
        for (String path : leaves(explained, "")) {
            if (alone.matcher(path).matches()) {
                continue;
            }
            ObjectNode copy = explained.deepCopy();
            int cut = path.lastIndexOf('/');
            JsonNode parent = copy.at(path.substring(0, cut));
            String name = path.substring(cut + 1);
            JsonNode changed = changed(parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name));
            switch (parent) {
                case ObjectNode object -> object.set(name, changed);
                case ArrayNode array -> array.set(Integer.parseInt(name), changed);
                default -> throw new IllegalStateException(path);
            }
            copies.add(copy);
        }
        return copies;
    }

    /// Where two explanations differ.
    static String difference(JsonNode one, JsonNode other) {
        return leaves(one, "").stream()
                .filter(path -> !one.at(path).equals(other.at(path)))
                .findFirst()
                .orElse("nowhere");
    }

    private static JsonNode changed(JsonNode leaf) {
        return leaf.isTextual() ? TextNode.valueOf("*/forged") : LongNode.valueOf(leaf.asLong() + 1);
    }

    private static List<String> leaves(JsonNode node, String path) {
        List<String> found = new ArrayList<>();
        if (node.isIntegralNumber() || (node.isTextual() && path.matches(".*/(row|field|kind)|/rule/from/[A-Za-z]+"))) {
            found.add(path);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String below = path + "/" + field.getKey();
            if (!LEFT_ALONE.matcher(below).matches()) {
                found.addAll(leaves(field.getValue(), below));
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.addAll(leaves(node.get(i), path + "/" + i));
        }
        return found;
    }
}
