package io.hubline.inventory.availability.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.inventory.availability.history.History.Offer;
import io.hubline.inventory.availability.history.Judge.Recorded;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Goal: after a long history every number of every offer can be explained, and what is said is true: the
/// terms are the number, the movements are what lies there, the lines and holds are what is promised, and
/// the limits are those that were set; of earlier numbers too.
///
/// Method: trade from a fixed seed through HTTP and topics, `-Dexplain.movements=100000` long. On the way
/// is written down what lay and was promised when some numbers were published. At the end every (account,
/// SKU) is asked for, and judged by sums over the rows of the tables, by what the topic told, by what was
/// set, and by arithmetic that shares no code with the service. A changed copy of an explanation must not
/// pass.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ExplainHistoryTest {

    private static final long MOVEMENTS = Long.getLong("explain.movements", 6_000);
    private static final long SEED = Long.getLong("explain.seed", 20261123);
    private static final int SKUS = MOVEMENTS > 20_000 ? 120 : 40;
    private static final int RECORDINGS = 10;
    private static final int TOUCHED = 15;
    private static final int LOOKS_MAX = 5;
    private static final int FORGED = 30;
    private static final Pattern ALLOCATED = Pattern.compile(".*/locations/[0-9]+/allocated");
    private static final Pattern TODAY = Pattern.compile("/(now|exposure)/.*");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource database;

    ExplainHistoryTest(DataSource database) {
        this.database = database;
    }

    @Test
    void every_number_is_explained_by_what_the_books_say()
            throws SQLException, ExecutionException, InterruptedException, JsonProcessingException {
        Random chance = new Random(SEED);
        List<Recorded> recorded = new ArrayList<>();
        try (History history = new History(database, SEED, SKUS);
                Told told = new Told(history.name())) {
            long begun = System.nanoTime();
            history.open();
            long movements = 0;
            for (int recording = 1; recording <= RECORDINGS; recording++) {
                while (movements < MOVEMENTS * recording / RECORDINGS) {
                    movements = history.round();
                    told.hear();
                }
                recorded.addAll(record(history, chance));
            }
            history.touch(history.sold());
            double played = (System.nanoTime() - begun) / 1e9;
            assertThat(history.warehouse().check().getBoolean("clean")).isTrue();

            Ledger ledger = Ledger.of(database, history.name());
            List<JsonNode> explained = explainAll(history, told, ledger);
            explainEarlier(history, told, ledger, recorded);
            lists(history, ledger, chance);
            forge(history, told, ledger, explained, recorded);

            report(history, ledger, explained, recorded, told, played);
        }
    }

    /// What is true of offers whose number was just published.
    private List<Recorded> record(History history, Random chance) throws SQLException {
        Facts before = Facts.of(database, history.name());
        List<String> sold = history.sold();
        history.touch(chance.ints(TOUCHED, 0, sold.size()).mapToObj(sold::get).toList());
        Facts after = Facts.of(database, history.name());
        Instant now = Instant.now();
        return history.offers().stream()
                .filter(offer -> before.announced(offer.id()).sequence()
                        != after.announced(offer.id()).sequence())
                .filter(offer -> Limits.of(offer.account(), offer.sku(), history.settings())
                                .oversellProbability()
                        == 0)
                .map(offer -> Judge.record(history, after, offer, now))
                .toList();
    }

    private List<JsonNode> explainAll(History history, Told told, Ledger ledger)
            throws SQLException, JsonProcessingException {
        Map<String, JsonNode> right = new TreeMap<>();
        List<Offer> left = history.offers();
        List<String> wrong = List.of();
        for (int look = 1; look <= LOOKS_MAX && !left.isEmpty(); look++) {
            Facts facts = Facts.of(database, history.name());
            hear(history, told, facts);
            List<String> found = new ArrayList<>();
            List<Offer> again = new ArrayList<>();
            for (Map.Entry<List<String>, List<Offer>> asked : left.stream()
                    .collect(Collectors.groupingBy(
                            offer -> List.of(offer.account(), offer.sku()), LinkedHashMap::new, Collectors.toList()))
                    .entrySet()) {
                Map<String, JsonNode> answers =
                        explain(asked.getKey().getFirst(), asked.getKey().getLast(), "");
                for (Offer offer : asked.getValue()) {
                    JsonNode answer = answers.getOrDefault(offer.id(), JSON.nullNode());
                    List<String> complaints = Judge.newest(history, told, ledger, facts, offer, answer);
                    if (complaints.isEmpty()) {
                        right.put(offer.id(), answer);
                    } else {
                        found.addAll(complaints);
                        again.add(offer);
                    }
                }
            }
            // In escrow a number may move with time alone: only what stayed as it was while it was asked for counts.
            Facts after = Facts.of(database, history.name());
            wrong = found;
            if (again.stream().noneMatch(offer -> moved(history, offer, facts, after))) {
                break;
            }
            left = again;
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(right).hasSameSizeAs(history.offers());
        return List.copyOf(right.values());
    }

    private static boolean moved(History history, Offer offer, Facts before, Facts after) {
        String pool = history.pool(offer.account());
        return !before.announced(offer.id()).equals(after.announced(offer.id()))
                || history.parts(offer.sku()).keySet().stream()
                        .map(sku -> new Facts.Key(pool, sku))
                        .anyMatch(key -> before.exposed(key, null) != after.exposed(key, null));
    }

    private static void hear(History history, Told told, Facts facts) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            told.hear();
            assertThat(history.offers())
                    .allSatisfy(offer -> assertThat(told.newest(offer.id()))
                            .isGreaterThanOrEqualTo(facts.announced(offer.id()).sequence()));
        });
    }

    private static void explainEarlier(History history, Told told, Ledger ledger, Collection<Recorded> recorded)
            throws JsonProcessingException {
        List<String> wrong = new ArrayList<>();
        for (Recorded then : recorded) {
            Offer offer = then.offer();
            for (String query : List.of("sequence=" + then.sequence(), "at=" + then.at())) {
                JsonNode answer =
                        explain(offer.account(), offer.sku(), query).getOrDefault(offer.id(), JSON.nullNode());
                Judge.earlier(history, told, ledger, offer, then, answer)
                        .forEach(complaint -> wrong.add(query + ": " + complaint));
            }
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(recorded).hasSizeGreaterThan(RECORDINGS * TOUCHED / 2);
    }

    /// What an explanation refers to lists the same, page by page.
    private void lists(History history, Ledger ledger, Random chance) throws SQLException, JsonProcessingException {
        Facts facts = Facts.of(database, history.name());
        TreeSet<String> skus = new TreeSet<>();
        history.sold().forEach(sku -> skus.addAll(history.parts(sku).keySet()));
        for (String sku : skus) {
            assertThat(pages("/stock/" + sku + "/reservations").stream()
                            .map(line -> line.path("orderId").asText() + " "
                                    + line.path("lineId").asText() + " " + line.path("held") + " "
                                    + line.path("allocated") + " " + line.path("backordered")))
                    .as(sku)
                    .containsExactlyElementsOf(facts.lines(sku).stream()
                            .map(line -> line.orderId() + " " + line.lineId() + " " + line.held() + " "
                                    + line.allocated() + " " + line.backordered())
                            .sorted()
                            .toList());
        }
        for (String sku : List.of(any(skus, chance), any(skus, chance), any(skus, chance))) {
            List<JsonNode> movements = pages("/stock/" + sku + "/movements");
            assertThat(movements).hasSize((int) ledger.count(sku));
            assertThat(movements.stream()
                            .mapToLong(movement -> movement.path("delta").asLong())
                            .sum())
                    .isEqualTo(ledger.units(sku));
            assertThat(movements.stream().map(movement -> movement.path("seq").asLong()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    private static String any(Collection<String> of, Random chance) {
        return List.copyOf(of).get(chance.nextInt(of.size()));
    }

    /// Changes every figure that an explanation consists of, one at a time, and every row of settings that
    /// it names: the judge must find each. What is allocated at a location is part of a sum only where some
    /// locations count, so it is judged by what was recorded.
    private void forge(History history, Told told, Ledger ledger, List<JsonNode> explained, List<Recorded> recorded)
            throws SQLException, JsonProcessingException {
        Facts facts = Facts.of(database, history.name());
        Map<String, Offer> offers = history.offers().stream().collect(Collectors.toMap(Offer::id, offer -> offer));
        List<String> missed = new ArrayList<>();
        int forged = 0;
        for (JsonNode answer : explained.stream().limit(FORGED).toList()) {
            Offer offer = Objects.requireNonNull(offers.get(answer.path("offer").asText()));
            forged += forge(answer, ALLOCATED, missed, copy -> Judge.newest(history, told, ledger, facts, offer, copy));
        }
        for (Recorded then : recorded.stream().limit(FORGED).toList()) {
            Offer offer = then.offer();
            JsonNode answer = explain(offer.account(), offer.sku(), "sequence=" + then.sequence())
                    .getOrDefault(offer.id(), JSON.nullNode());
            forged += forge(answer, TODAY, missed, copy -> Judge.earlier(history, told, ledger, offer, then, copy));
        }
        assertThat(missed).isEmpty();
        assertThat(forged).isGreaterThan(20 * FORGED);
    }

    private static int forge(
            JsonNode answer, Pattern alone, List<String> missed, Function<JsonNode, List<String>> judge) {
        if (!judge.apply(answer).isEmpty()) {
            // In escrow it may have moved since it was asked for.
            return 0;
        }
        List<JsonNode> copies = Forgery.of((ObjectNode) answer, alone);
        copies.stream()
                .filter(copy -> judge.apply(copy).isEmpty())
                .forEach(copy -> missed.add(Forgery.difference(answer, copy)));
        return copies.size();
    }

    private static List<JsonNode> pages(String path) throws JsonProcessingException {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = JSON.readTree(Tokens.as("viewer")
                    .queryParam("after", after)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            page.path("items").forEach(items::add);
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
        return items;
    }

    private static Map<String, JsonNode> explain(String account, String sku, String query)
            throws JsonProcessingException {
        JsonNode answer = JSON.readTree(Tokens.as("viewer")
                .get("/availability/{account}/{sku}/explain" + (query.isEmpty() ? "" : "?" + query), account, sku)
                .then()
                .statusCode(200)
                .extract()
                .asString());
        Map<String, JsonNode> offers = new TreeMap<>();
        answer.path("offers").forEach(offer -> offers.put(offer.path("offer").asText(), offer));
        return offers;
    }

    /// Fails when the history lacks something that it should contain, and says what it contained.
    private static void report(
            History history,
            Ledger ledger,
            List<JsonNode> explained,
            List<Recorded> recorded,
            Told told,
            double seconds)
            throws JsonProcessingException {
        Map<String, Long> terms = new TreeMap<>();
        explained.forEach(
                offer -> Told.terms(offer.path("terms")).keySet().forEach(term -> terms.merge(term, 1L, Long::sum)));
        long divided = explained.stream()
                .filter(offer -> offer.path("division").isObject())
                .count();
        System.out.printf(
                "%d movements in %.0f s, %d numbers told; %d offers explained, %d of them divided; %d earlier numbers%n"
                        + "happened: %s%nterms: %s%n",
                history.sold().stream()
                        .flatMap(sku -> history.parts(sku).keySet().stream())
                        .distinct()
                        .mapToLong(ledger::count)
                        .sum(),
                seconds,
                told.hear(),
                explained.size(),
                divided,
                recorded.size(),
                history.done(),
                terms);
        assertThat(ledger.reasons())
                .contains(
                        "ADJUSTMENT", "COUNT", "RECEIPT", "RETURN", "SCRAP", "SHIPMENT", "TRANSFER_IN", "TRANSFER_OUT");
        assertThat(divided).isPositive().isLessThan(explained.size());
        assertThat(terms).containsKeys("on-hand", "reserved", "hidden-at-zero").hasSizeGreaterThanOrEqualTo(10);
    }
}
