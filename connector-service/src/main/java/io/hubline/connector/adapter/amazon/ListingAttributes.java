package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a listing says, as Amazon's attributes: each is a list of values, told apart by marketplace and
/// language.
///
/// The number on sale is not among them; it has a write of its own.
final class ListingAttributes {

    private static final int OTHER_IMAGES_MAX = 8;

    private final ObjectNode attributes;
    private final String marketplace;
    private final String language;

    private ListingAttributes(ObjectNode attributes, String marketplace, String language) {
        this.attributes = attributes;
        this.marketplace = marketplace;
        this.language = language;
    }

    static ObjectNode of(ObjectMapper json, Content content, String marketplace, String language) {
        ListingAttributes said = new ListingAttributes(json.createObjectNode(), marketplace, language);
        said.say(content);
        return said.attributes;
    }

    private void say(Content content) {
        // First, so that what has an attribute of its own wins over the catalogue's further ones.
        content.attributes().forEach((code, value) -> text(word(code), value));
        content.options().forEach(this::option);
        text("item_name", content.title());
        text("product_description", content.description());
        if (!content.bullets().isEmpty()) {
            attributes.remove("bullet_point");
            content.bullets().forEach(bullet -> add("bullet_point", bullet));
        }
        if (content.brand() != null) {
            text("brand", content.brand());
        }
        identifier(content.gtin());
        value("condition_type").put("value", "new_new");
        if (content.price() != null) {
            price(content.price());
        }
        images(content.images());
    }

    private void option(Option option) {
        text(word(option.name()), option.value());
    }

    private void identifier(@Nullable String gtin) {
        if (gtin == null) {
            value("supplier_declared_has_product_identifier_exemption").put("value", true);
            return;
        }
        String type = switch (gtin.length()) {
            case 12 -> "upc";
            case 8, 13 -> "ean";
            default -> "gtin";
        };
        value("externally_assigned_product_identifier").put("type", type).put("value", gtin);
    }

    private void price(Money price) {
        value("purchasable_offer")
                .put("currency", price.currency())
                .putArray("our_price")
                .addObject()
                .putArray("schedule")
                .addObject()
                .put("value_with_tax", new BigDecimal(price.toDecimal()));
    }

    private void images(List<String> images) {
        if (!images.isEmpty()) {
            value("main_product_image_locator").put("media_location", images.getFirst());
        }
        for (int image = 1; image < images.size() && image <= OTHER_IMAGES_MAX; image++) {
            value("other_product_image_locator_" + image).put("media_location", images.get(image));
        }
    }

    /// One value of an attribute, in place of all others.
    private ObjectNode value(String name) {
        ArrayNode values = attributes.putArray(name);
        return values.addObject().put("marketplace_id", marketplace);
    }

    private void text(String name, String text) {
        if (!text.isBlank()) {
            value(name).put("value", text).put("language_tag", language);
        }
    }

    private void add(String name, String text) {
        attributes
                .withArrayProperty(name)
                .addObject()
                .put("value", text)
                .put("language_tag", language)
                .put("marketplace_id", marketplace);
    }

    /// As Amazon writes its attributes: `Shoe Size` is `shoe_size`.
    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}
