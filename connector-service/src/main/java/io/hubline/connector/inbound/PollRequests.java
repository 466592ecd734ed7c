package io.hubline.connector.inbound;

import io.hubline.connector.engine.Wakes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks for a poll ahead of time, where something can only go on once a poll has been complete. A request
/// that dies with its process costs one interval.
@Singleton
public class PollRequests {

    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Wakes wakes;

    PollRequests(Wakes wakes) {
        this.wakes = wakes;
    }

    /// Asks for one soon.
    public void soon(String account) {
        if (wanted.add(account)) {
            wakes.ring(account, PollWork.NAME);
        }
    }

    boolean isWanted(String account) {
        return wanted.contains(account);
    }

    void begun(String account) {
        wanted.remove(account);
    }
}
