package io.hubline.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.bench.Bench;
import io.hubline.sandbox.bench.OneUnit;
import io.hubline.sandbox.launcher.Hub;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Goal: however many want the last unit at once, alone or in a bundle, and whatever becomes of the service
/// meanwhile, one gets it. Method: the short version of `./hub bench one-unit`; a round that goes wrong
/// fails it and says how.
class OneUnitJourney {

    private static final int ROUNDS = 10;
    private static final int KILLS = 2;
    private static final int CALLERS = 1_000;

    @Test
    void one_unit_is_granted_once() throws IOException, InterruptedException {
        Bench.Result result = new OneUnit(Hub.ofEnvironment()).run(ROUNDS, KILLS, CALLERS, System.out);

        assertThat(result.measured())
                .containsEntry("roundsWithOneWinner", ROUNDS)
                .containsEntry("roundsWithAKill", KILLS);
    }
}
