package io.hubline.sandbox.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.sandbox.console.HubFacts.AccountFacts;
import io.hubline.sandbox.console.HubFacts.Health;
import io.hubline.sandbox.console.HubFacts.PartFacts;
import io.hubline.sandbox.console.HubFacts.Verdict;
import io.hubline.sandbox.console.HubFacts.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the facts as one page of HTML: no file beside it, and nothing but text needed to read it.
///
/// It reads without JavaScript and then refreshes itself as a whole; with it, only what changed is swapped,
/// so that neither place nor focus is lost. Everything that comes from a part is escaped.
final class IndexPage {

    /// How often the page asks again.
    static final int REFRESH_SECONDS = 5;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /// How the name of a figure ends that is a span of time.
    private static final String SECONDS = "Seconds";

    /// The figures of an account that have a column, and what it is called. The others are told in words.
    private static final Map<String, String> COLUMNS = columns();

    /// Told elsewhere on the page, or of interest only beside another figure.
    private static final Set<String> SILENT =
            Set.of("oldestInboundSeconds", "inboundDead", "actsFailed", "listingsRejected");

    private final String style = resource("index.css");
    private final String script = resource("index.js");
    private final ZoneId zone;

    IndexPage(ZoneId zone) {
        this.zone = zone;
    }

    /// What the page may do: show itself and ask its own address again.
    String contentSecurityPolicy() {
        return ("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .formatted(hash(style), hash(script));
    }

    String write(HubFacts facts) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s · Hubline</title>
                <link rel="icon" href="data:,">
                <noscript><meta http-equiv="refresh" content="%d"></noscript>
                <style>%s</style>
                </head>
                <body>
                <a class="skip" href="#channels">Skip to the channels</a>
                %s
                <main>
                %s%s%s%s</main>
                <footer>%s</footer>
                <p id="lost" role="alert" hidden>The launcher does not answer any more. What is shown is old.</p>
                <script>%s</script>
                </body>
                </html>
                """.formatted(
                        title(facts.verdict()),
                        REFRESH_SECONDS,
                        style,
                        header(facts),
                        channels(facts),
                        waiting(facts),
                        parts(facts),
                        commands(facts),
                        footer(facts),
                        script);
    }

    private String header(HubFacts facts) {
        return """
                <header>
                <h1>Hubline</h1>
                <p class="verdict" role="status">%s <span id="sentence">%s</span></p>
                </header>""".formatted(badge(facts.verdict()), text(facts.sentence()));
    }

    private static String title(Verdict verdict) {
        return switch (verdict) {
            case IN_SYNC -> "In sync";
            case OUT_OF_SYNC -> "Not in sync";
            case STARTING -> "Starting";
            case TROUBLE -> "Trouble";
        };
    }

    private static String badge(Verdict verdict) {
        return switch (verdict) {
            case IN_SYNC -> badge("good", "✓", "In sync");
            case OUT_OF_SYNC -> badge("bad", "✗", "Not in sync");
            case STARTING -> badge("busy", "…", "Starting");
            case TROUBLE -> badge("bad", "!", "Trouble");
        };
    }

    private static String badge(Health health) {
        return switch (health) {
            case UP -> badge("good", "✓", "up");
            case STARTING -> badge("busy", "…", "starting");
            case DOWN -> badge("bad", "!", "down");
        };
    }

    private static String badge(String kind, String sign, String word) {
        return "<span class=\"badge %s\"><span aria-hidden=\"true\">%s </span>%s</span>".formatted(kind, sign, word);
    }

    private String channels(HubFacts facts) {
        StringBuilder body = new StringBuilder();
        if (facts.syncTrouble() != null) {
            body.append("<p class=\"notice\">Not known: %s.</p>\n".formatted(text(facts.syncTrouble())));
        } else if (facts.accounts().isEmpty()) {
            body.append("<p>No account is configured.</p>\n");
        } else {
            List<String> heads = new ArrayList<>(List.of("Account", "State"));
            heads.addAll(COLUMNS.values());
            body.append(tableStart("Sync of each account with its channel", heads));
            facts.accounts().forEach(account -> body.append(row(account)));
            body.append("</tbody></table>\n");
        }
        return section("channels", "Channels", body.toString());
    }

    private String row(AccountFacts account) {
        StringBuilder row = new StringBuilder();
        row.append("<tr role=\"row\" data-account=\"%s\"><th role=\"rowheader\" scope=\"row\">%s <small>%s</small></th>"
                .formatted(text(account.account()), text(account.account()), text(account.adapter())));
        row.append(cell("State", account.inSync() ? badge("good", "✓", "In sync") : badge("bad", "✗", "Not in sync")));
        COLUMNS.forEach((figure, head) -> row.append(
                figure.endsWith(SECONDS) ? cell(head, shown(account, figure)) : number(head, shown(account, figure))));
        row.append("</tr>\n");
        List<String> reasons = account.reasons();
        String others = others(account);
        if (!reasons.isEmpty() || !others.isEmpty()) {
            row.append(
                    "<tr role=\"row\" class=\"more\"><td role=\"cell\" colspan=\"%d\">".formatted(COLUMNS.size() + 2));
            if (!reasons.isEmpty()) {
                row.append("<ul class=\"reasons\" aria-label=\"Why %s is not in sync\">"
                        .formatted(text(account.account())));
                reasons.forEach(reason -> row.append("<li>%s</li>".formatted(text(reason))));
                row.append("</ul>");
            }
            if (!others.isEmpty()) {
                row.append("<p class=\"others\">%s</p>".formatted(others));
            }
            row.append("</td></tr>\n");
        }
        return row.toString();
    }

    private static String shown(AccountFacts account, String figure) {
        if (!account.figures().containsKey(figure)) {
            return "–";
        }
        long value = account.figure(figure);
        return figure.endsWith(SECONDS)
                ? (value == 0 ? "none" : seconds(value))
                : String.format(Locale.ROOT, "%,d", value);
    }

    /// What else connector-service tells and is not nothing: `listingsRejected: 2` becomes "listings
    /// rejected 2".
    private static String others(AccountFacts account) {
        List<String> told = new ArrayList<>();
        account.figures().forEach((name, value) -> {
            if (value != 0 && !COLUMNS.containsKey(name) && !SILENT.contains(name)) {
                boolean duration = name.endsWith(SECONDS);
                String plain = duration ? name.substring(0, name.length() - SECONDS.length()) : name;
                told.add("%s <b>%s</b>".formatted(text(words(plain)), duration ? seconds(value) : value));
            }
        });
        return String.join(" · ", told);
    }

    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String waiting(HubFacts facts) {
        StringBuilder body = new StringBuilder();
        if (facts.waiting().isEmpty()) {
            body.append("<p>%s</p>\n"
                    .formatted(
                            facts.unread().isEmpty()
                                    ? "Nothing: no dead letter, no hold, no failed act."
                                    : "Nothing that is known of."));
        } else {
            body.append(tableStart("What does not go on by itself", List.of("Where", "What", "Count", "See it with")));
            for (Waiting item : facts.waiting()) {
                body.append("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">%s</th>%s%s%s</tr>\n"
                        .formatted(
                                text(item.where()),
                                cell("What", text(item.what())),
                                number("Count", Long.toString(item.count())),
                                wide("See it with", code(curl(item.call())))));
            }
            body.append("</tbody></table>\n");
        }
        if (!facts.unread().isEmpty()) {
            body.append("<p class=\"others\">Not counted, for these do not answer:</p><ul class=\"others\">");
            facts.unread().forEach(reason -> body.append("<li>%s</li>".formatted(text(reason))));
            body.append("</ul>\n");
        }
        return section("waiting", "Waits for somebody", body.toString());
    }

    private String parts(HubFacts facts) {
        StringBuilder body = new StringBuilder(tableStart(
                "Parts of the hub and how they are", List.of("Part", "Health", "Since", "Port", "Look inside")));
        for (PartFacts part : facts.parts()) {
            String health = badge(part.health())
                    + (part.reason() == null ? "" : " <span class=\"why\">%s</span>".formatted(text(part.reason())));
            List<String> links = new ArrayList<>();
            part.links()
                    .forEach((label, address) -> links.add("<a href=\"%s\"><span class=\"hidden\">%s: </span>%s</a>"
                            .formatted(text(address), text(part.name()), text(label))));
            links.add(code(part.logs()));
            body.append("<tr role=\"row\" data-part=\"%s\"><th role=\"rowheader\" scope=\"row\">%s</th>%s%s%s%s</tr>\n"
                    .formatted(
                            text(part.name()),
                            text(part.name()),
                            cell("Health", health),
                            cell("Since", since(part.since(), facts.lookedAt())),
                            number("Port", Integer.toString(part.port())),
                            wide("Look inside", "<span class=\"links\">%s</span>".formatted(String.join(" ", links)))));
        }
        body.append("</tbody></table>\n");
        return section("parts", "Parts", body.toString());
    }

    private static String commands(HubFacts facts) {
        int base = facts.portBase();
        String lines = """
                TOKEN=$(./hub token viewer)   # or operator, catalog, finance, admin, service
                curl -s localhost:%d/sync -H "authorization: Bearer $TOKEN"
                curl -s localhost:%d/orders -H "authorization: Bearer $TOKEN"
                ./hub status                  # in sync? exit 0 when it is
                ./hub down                    # stops everything""".formatted(base + 1, base + 2);
        return section("token", "Call the APIs", """
                <p>Every call needs a bearer token. In an API console, press <b>Authorize</b> and paste the token. A viewer
                only looks; an operator moves stock and orders; an admin may do everything.</p>
                <pre tabindex="0" aria-label="Commands">%s</pre>
                """.formatted(text(lines)));
    }

    private String footer(HubFacts facts) {
        return """
                Looked at <time datetime="%s">%s</time>, again every %d s. The same as JSON: <a href="/status.json">status.json</a>.
                This page answers only on this machine, and changes nothing.""".formatted(facts.lookedAt(), CLOCK.format(facts.lookedAt().atZone(zone)), REFRESH_SECONDS);
    }

    private String since(@Nullable Instant since, Instant now) {
        return since == null
                ? "–"
                : "<time datetime=\"%s\">%s</time> <small>%s</small>"
                        .formatted(
                                since,
                                CLOCK.format(since.atZone(zone)),
                                seconds(Math.max(0, Duration.between(since, now).toSeconds())));
    }

    /// The two greatest units: `4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    static String seconds(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long great, String greatUnit, long small, String smallUnit) {
        return great + " " + greatUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String section(String id, String title, String body) {
        return "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n%s</section>\n".formatted(id, id, title, body);
    }

    /// Roles are written out, since a table that is laid out as blocks on a narrow screen would lose them.
    private static String tableStart(String caption, List<String> heads) {
        StringBuilder table = new StringBuilder(
                "<table role=\"table\"><caption class=\"hidden\">%s</caption><thead role=\"rowgroup\"><tr role=\"row\">"
                        .formatted(caption));
        heads.forEach(head -> table.append("<th role=\"columnheader\" scope=\"col\">%s</th>".formatted(text(head))));
        return table.append("</tr></thead><tbody role=\"rowgroup\">\n").toString();
    }

    private static String cell(String head, String html) {
        return "<td role=\"cell\" data-head=\"%s\"><div>%s</div></td>".formatted(text(head), html);
    }

    /// A cell that needs the whole width of a narrow screen.
    private static String wide(String head, String html) {
        return "<td role=\"cell\" class=\"wide\" data-head=\"%s\"><div>%s</div></td>".formatted(text(head), html);
    }

    private static String number(String head, String value) {
        return "<td role=\"cell\" class=\"number\" data-head=\"%s\"><div>%s</div></td>"
                .formatted(text(head), text(value));
    }

    private static String curl(String address) {
        return "curl -s '%s' -H \"authorization: Bearer $TOKEN\"".formatted(address);
    }

    private static String code(String command) {
        return "<code>%s</code>".formatted(text(command));
    }

    /// Text as HTML shows it, inside an element or an attribute in double quotes.
    static String text(String plain) {
        StringBuilder html = new StringBuilder(plain.length() + 16);
        plain.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(point);
            }
        });
        return html.toString();
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("offers", "Offers");
        columns.put("unsatisfied", "To send");
        columns.put("inFlight", "In flight");
        columns.put("unknown", "Unknown");
        columns.put("drifted", "Drifted");
        columns.put("listingsUnsettled", "Listings");
        columns.put("oldestUnsentSeconds", "Oldest unsent");
        columns.put("inboundBacklog", "Backlog");
        columns.put("actsPending", "Acts");
        return columns;
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream content = IndexPage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException(name + " is not beside the page");
            }
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
