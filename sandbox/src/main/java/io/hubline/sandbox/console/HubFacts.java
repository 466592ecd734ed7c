package io.hubline.sandbox.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one look at the hub has found. The page and `/status.json` say the same, since both are made of
/// this.
///
/// @param lookedAt when it was found
/// @param sentence the verdict in words
/// @param syncTrouble why nothing is known of the channels; null when `accounts` is the truth
/// @param waiting what does not go on without somebody; only what there is
/// @param unread what could not be counted, each with the reason; `waiting` may be too short by these
@JsonInclude(JsonInclude.Include.NON_NULL)
record HubFacts(
        Instant lookedAt,
        int portBase,
        Verdict verdict,
        String sentence,
        List<AccountFacts> accounts,
        @Nullable String syncTrouble,
        List<Waiting> waiting,
        List<String> unread,
        List<PartFacts> parts) {

    HubFacts {
        accounts = List.copyOf(accounts);
        waiting = List.copyOf(waiting);
        unread = List.copyOf(unread);
        parts = List.copyOf(parts);
    }

    /// The hub in one word.
    enum Verdict {
        /// Every part is well and every channel shows what it should.
        IN_SYNC,
        /// A channel differs from the hub, or something there waits.
        OUT_OF_SYNC,
        /// Parts are still starting.
        STARTING,
        /// A part is down, or cannot be asked.
        TROUBLE
    }

    /// How a part is.
    enum Health {
        UP,
        STARTING,
        DOWN
    }

    /// @param since when it came to this health, as far as that is known
    /// @param reason why it is not up; null while it is
    /// @param logs the command that follows its log
    /// @param links addresses by label
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartFacts(
            String name,
            Watched.Kind kind,
            Health health,
            @Nullable Instant since,
            @Nullable String reason,
            int port,
            String logs,
            Map<String, String> links) {

        PartFacts {
            links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        }
    }

    /// One account as connector-service sees it.
    ///
    /// @param reasons why it is not in sync; empty when it is
    /// @param figures every number that connector-service tells, under its own names
    record AccountFacts(
            String account, String adapter, boolean inSync, List<String> reasons, Map<String, Long> figures) {

        AccountFacts {
            reasons = List.copyOf(reasons);
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }

        long figure(String name) {
            return figures.getOrDefault(name, 0L);
        }
    }

    /// Something that does not go on by itself.
    ///
    /// @param where the part that has it
    /// @param call the address that lists it, for a token of a viewer
    record Waiting(String what, String where, long count, String call) {}
}
