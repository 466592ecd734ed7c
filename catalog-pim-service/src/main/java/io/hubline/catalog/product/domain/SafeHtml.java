package io.hubline.catalog.product.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Text with a few tags that every channel can show and none can be harmed by.
///
/// It is refused rather than cleaned: what the seller reads here is what buyers read there. Tags have no
/// attributes, so there is no place for an address or a script.
public final class SafeHtml {

    private static final Set<String> TAGS =
            Set.of("p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "h2", "h3", "h4");
    private static final String ALLOWED = "only p, br, b, strong, i, em, u, ul, ol, li, h2, h3, h4 without attributes";

    private SafeHtml() {}

    /// What keeps the text from being safe, as the end of a sentence; empty when nothing does.
    public static Optional<String> objection(String text) {
        Deque<String> open = new ArrayDeque<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return Optional.of("has a control character");
            }
            if (c == '>') {
                return Optional.of("has a > outside a tag; write &gt;");
            }
            if (c != '<') {
                at++;
                continue;
            }
            int end = text.indexOf('>', at);
            if (end < 0) {
                return Optional.of("has a < without its >; write &lt; where none is meant");
            }
            Optional<String> wrong = take(text.substring(at + 1, end), open);
            if (wrong.isPresent()) {
                return wrong;
            }
            at = end + 1;
        }
        return open.isEmpty() ? Optional.empty() : Optional.of("does not close <%s>".formatted(open.peek()));
    }

    private static Optional<String> take(String tag, Deque<String> open) {
        boolean closes = tag.startsWith("/");
        boolean alone = !closes && tag.endsWith("/");
        String name = (closes ? tag.substring(1) : alone ? tag.substring(0, tag.length() - 1) : tag)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!TAGS.contains(name)) {
            return Optional.of("has <%s>; taken are %s"
                    .formatted(tag.length() > 40 ? tag.substring(0, 40) + "..." : tag, ALLOWED));
        }
        if (name.equals("br")) {
            return closes ? Optional.of("closes <br>, which needs no closing") : Optional.empty();
        }
        if (alone) {
            return Optional.of("has an empty <%s/>".formatted(name));
        }
        if (!closes) {
            open.push(name);
            return Optional.empty();
        }
        if (open.isEmpty() || !open.pop().equals(name)) {
            return Optional.of("closes <%s>, which is not the one open there".formatted(name));
        }
        return Optional.empty();
    }
}
