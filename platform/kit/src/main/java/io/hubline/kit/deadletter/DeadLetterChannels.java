package io.hubline.kit.deadletter;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/// The dead-letter topics of this service, as its channels' configuration names them.
@Singleton
class DeadLetterChannels {

    private static final Pattern TOPIC =
            Pattern.compile("mp\\.messaging\\.incoming\\.(?<channel>.+)\\.dead-letter-queue\\.topic");
    private static final String SUFFIX = ".dlq";

    private final Set<String> topics = new TreeSet<>();

    DeadLetterChannels(Config config) {
        for (String property : config.getPropertyNames()) {
            Matcher match = TOPIC.matcher(property);
            if (match.matches()) {
                topics.add(checked(config, match.group("channel"), config.getValue(property, String.class)));
            }
        }
    }

    /// Fails the start when a channel does not read its own replays: a replay would go where nobody
    /// listens.
    private static String checked(Config config, String channel, String deadLetters) {
        if (!deadLetters.endsWith(SUFFIX)) {
            throw new IllegalStateException("the dead-letter topic of channel %s does not end in %s: %s"
                    .formatted(channel, SUFFIX, deadLetters));
        }
        String read = config.getOptionalValue("mp.messaging.incoming." + channel + ".topics", String.class)
                .orElse("");
        if (Arrays.stream(read.split(",", -1)).map(String::strip).noneMatch(replayTopic(deadLetters)::equals)) {
            throw new IllegalStateException("channel %s must read %s as well: add it to mp.messaging.incoming.%s.topics"
                    .formatted(channel, replayTopic(deadLetters), channel));
        }
        return deadLetters;
    }

    Set<String> topics() {
        return Set.copyOf(topics);
    }

    static String replayTopic(String deadLetters) {
        return deadLetters.substring(0, deadLetters.length() - SUFFIX.length()) + ".replay";
    }
}
