package io.hubline.contracts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Every topic of the hub, with what the launcher and the deployment need to create it.
///
/// Partitions are fixed for good: a key must stay in its partition, or its order is lost. Twelve let a
/// consumer grow to twelve replicas, which at the rates of design section 10 is far from being needed.
public enum Topic {
    CHANNEL_ORDERS("channel-orders", "connector", false, Reader.ORDER),
    CHANNEL_RETURNS("channel-returns", "connector", false, Reader.RETURNS),
    CHANNEL_SYNC("channel-sync", "connector", true, Reader.CATALOG_PIM, Reader.INVENTORY),
    ORDERS("orders", "order", false, Reader.INVENTORY, Reader.ROUTING, Reader.RETURNS, Reader.CONNECTOR),
    RESERVATIONS("reservations", "inventory", false, Reader.ORDER, Reader.ROUTING),
    STOCK("stock", "inventory", true, Reader.ROUTING),
    STOCK_ALERTS("stock-alerts", "inventory", false),
    AVAILABILITY("availability", "inventory", true, Reader.CONNECTOR),
    LISTINGS("listings", "catalog-pim", true, Reader.ORDER, Reader.INVENTORY, Reader.CONNECTOR),
    ROUTES("routes", "routing", false, Reader.ORDER, Reader.INVENTORY),
    RETURNS("returns", "returns", false, Reader.INVENTORY, Reader.CONNECTOR);

    private static final Duration EVENT_RETENTION = Duration.ofDays(14);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);
    private static final int PARTITIONS = 12;

    private final String topicName;
    private final String owner;
    private final boolean state;

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList() is unmodifiable, and holds strings
    private final List<String> readers;

    Topic(String topicName, String owner, boolean state, Reader... readers) {
        this.topicName = topicName;
        this.owner = owner;
        this.state = state;
        this.readers = Arrays.stream(readers).map(Reader::serviceName).toList();
    }

    /// The name at the broker.
    public String topicName() {
        return topicName;
    }

    /// The one service that announces here.
    public String owner() {
        return owner;
    }

    /// Whether the topic is compacted and each record is the whole state of its key (see [StateEvent]).
    public boolean isState() {
        return state;
    }

    /// The services that consume the topic, each with a dead-letter and a replay topic of its own.
    public List<String> readers() {
        return readers;
    }

    /// Where a record goes that `service` cannot apply; the reason is in its headers.
    public String deadLetter(String service) {
        return topicName + "." + service + ".dlq";
    }

    /// Where a dead letter goes to be applied again by `service` and by nobody else.
    public String replay(String service) {
        return topicName + "." + service + ".replay";
    }

    /// Everything to create at a broker: this topic and its readers' dead-letter and replay topics.
    public List<Declaration> declarations() {
        List<Declaration> all = new ArrayList<>();
        all.add(new Declaration(topicName, PARTITIONS, state, state ? null : EVENT_RETENTION));
        for (String reader : readers) {
            all.add(new Declaration(deadLetter(reader), 1, false, DEAD_LETTER_RETENTION));
            all.add(new Declaration(replay(reader), 1, false, DEAD_LETTER_RETENTION));
        }
        return List.copyOf(all);
    }

    /// Every topic of the hub, ready to create.
    public static List<Declaration> allDeclarations() {
        return Arrays.stream(values())
                .flatMap(topic -> topic.declarations().stream())
                .toList();
    }

    /// One topic as a broker needs it.
    ///
    /// @param compacted keep the newest record per key for ever, instead of deleting by age
    /// @param retention how long a record is kept; null where compacted
    public record Declaration(
            String name,
            int partitions,
            boolean compacted,
            @org.jspecify.annotations.Nullable Duration retention) {}

    private enum Reader {
        CONNECTOR("connector"),
        ORDER("order"),
        INVENTORY("inventory"),
        CATALOG_PIM("catalog-pim"),
        ROUTING("routing"),
        RETURNS("returns");

        private final String service;

        Reader(String service) {
            this.service = service;
        }

        String serviceName() {
            return service;
        }
    }
}
