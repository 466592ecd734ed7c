package io.hubline.catalog.offer.domain;

import java.util.ArrayList;
import java.util.List;

/// What a channel is certain to refuse, found before it is asked.
///
/// Only rules that the channels state without exception are here. Whatever depends on the category, the
/// shop or the day is left to the channel, whose answer is shown at the offer ([ChannelReport]). A channel
/// that is not known here has no rules.
public final class ChannelRules {

    private static final int SHOPIFY_TITLE_MAX = 255;
    private static final int SHOPIFY_OPTIONS_MAX = 3;
    private static final int SHOPIFY_VARIANTS_MAX = 2_048;
    private static final int SHOPIFY_IMAGES_MAX = 250;
    private static final int AMAZON_TITLE_MAX = 200;
    private static final String AMAZON_TITLE_NEVER = "!$?_{}^¬¦";

    private ChannelRules() {}

    /// What stands in the way of this content under these terms; empty when nothing does.
    public static List<Obstacle> obstacles(OfferDraft terms, Content content) {
        return switch (terms.channel()) {
            case "shopify" -> shopify(terms, content);
            case "amazon" -> amazon(terms, content);
            default -> List.of();
        };
    }

    private static List<Obstacle> shopify(OfferDraft terms, Content content) {
        List<Obstacle> found = new ArrayList<>();
        if (terms.channelLocation() == null) {
            found.add(new Obstacle("channelLocation", "is missing: Shopify counts stock by location"));
        }
        longest(found, "title", content.title(), SHOPIFY_TITLE_MAX, "Shopify");
        if (terms.title() != null && content.variantsOfProduct() > 1) {
            found.add(new Obstacle(
                    "title",
                    "of its own is not for one of %d variants: Shopify shows one title for the whole product"
                            .formatted(content.variantsOfProduct())));
        }
        most(found, "options", content.options().size(), SHOPIFY_OPTIONS_MAX);
        most(found, "variants", content.variantsOfProduct(), SHOPIFY_VARIANTS_MAX);
        most(found, "images", content.images().size(), SHOPIFY_IMAGES_MAX);
        return found;
    }

    private static List<Obstacle> amazon(OfferDraft terms, Content content) {
        List<Obstacle> found = new ArrayList<>();
        if (terms.channelLocation() != null) {
            found.add(
                    new Obstacle("channelLocation", "must be left out: Amazon keeps no stock by place for the seller"));
        }
        longest(found, "title", content.title(), AMAZON_TITLE_MAX, "Amazon");
        content.title()
                .chars()
                .filter(c -> AMAZON_TITLE_NEVER.indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> found.add(
                        new Obstacle("title", "has a %c, which Amazon takes in no title".formatted((char) c))));
        return found;
    }

    private static void longest(List<Obstacle> found, String field, String text, int max, String channel) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            found.add(new Obstacle(field, "has %d characters; %s takes at most %d".formatted(length, channel, max)));
        }
    }

    private static void most(List<Obstacle> found, String field, int count, int max) {
        if (count > max) {
            found.add(new Obstacle(field, "are %d; Shopify takes at most %d".formatted(count, max)));
        }
    }
}
