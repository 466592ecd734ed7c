package io.hubline.connector.adapter.amazon;

import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lets everything through, save what a test says is spent, and remembers what was asked.
final class OpenQuota implements Quota {

    private final Map<String, Duration> spent = new HashMap<>();
    private final Map<String, Rate> taken = new HashMap<>();
    private final List<String> emptied = new ArrayList<>();

    void isSpent(String operation, Duration wait) {
        spent.put(operation, wait);
    }

    Map<String, Rate> taken() {
        return taken;
    }

    List<String> emptied() {
        return emptied;
    }

    @Override
    public synchronized Duration take(Account account, String operation, Rate rate, double cost) {
        taken.put(operation, rate);
        return spent.getOrDefault(operation, Duration.ZERO);
    }

    @Override
    public synchronized void settle(Account account, String operation, Rate rate, double refund, double available) {
        if (available == 0) {
            emptied.add(operation);
        }
    }
}
