package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunResultState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} again and again on one cluster, of one kind of process or of several at once; {@link KillsTest} kills each once. */
@ExtendWith(OneMoreCluster.class)
@Tag("soak")
class KillStormTest {
    private static final int ROUNDS = 12;

    private enum Prey {
        SERVER,
        AGENTS,
        WORKER,
        DRIVER
    }

    @TempDir
    static Path scratch;

    @Test
    void runs_end_once_and_rightly_and_nothing_is_left_whatever_is_killed_and_how_often() throws Exception {
        long seed = Long.getLong("slipway.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> nodes = new HashSet<>();
        try (Victim victim =
                new Victim(scratch, SharedPlatform.singleNode("storm").setNumWorkers(1L))) {
            for (int round = 1; round <= ROUNDS; round++) {
                Set<Prey> prey = EnumSet.of(any(random), any(random));
                String story = "round " + round + " kills " + prey + "; replay by -Dslipway.seed=" + seed;
                Path file = scratch.resolve("begun-" + round);
                Path gate = scratch.resolve("gate-" + round);
                long run = victim.begin(file, gate);
                nodes.addAll(victim.nodes());
                for (Prey each : prey) {
                    kill(victim, each);
                }
                Files.createFile(gate);
                if (prey.contains(Prey.SERVER)) {
                    victim.startServerAgain();
                }
                judge(victim, victim.end(run), prey.contains(Prey.DRIVER), story);
                assertThat(Victim.lines(file)).as(story).isEqualTo(1);
            }
            nodes.addAll(victim.nodes());
            victim.terminate();
            Awaitility.await("no node is left")
                    .atMost(Victim.PATIENCE)
                    .until(() -> victim.nodes().isEmpty());
            for (String node : nodes) {
                assertThat(PlatformProcess.processesWith("SLIPWAY_NODE=" + node))
                        .as("seed " + seed)
                        .isEmpty();
            }
        }
    }

    private static Prey any(Random random) {
        return Prey.values()[random.nextInt(Prey.values().length)];
    }

    private static void kill(Victim victim, Prey prey) throws InterruptedException {
        switch (prey) {
            case SERVER -> victim.killServer();
            case AGENTS -> victim.running(Victim.AGENT).forEach(ProcessHandle::destroyForcibly);
            case WORKER -> victim.running(Victim.WORKER).forEach(ProcessHandle::destroyForcibly);
            case DRIVER -> victim.running(Victim.DRIVER).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void judge(Victim victim, Run ended, boolean driverKilled, String story) {
        if (driverKilled) {
            assertThat(ended.getState().getResultState()).as(story).isEqualTo(RunResultState.FAILED);
            victim.awaitCluster(State.TERMINATED);
        } else {
            assertThat(ended.getState().getResultState())
                    .as("%s: %s", story, ended.getState().getStateMessage())
                    .isEqualTo(RunResultState.SUCCESS);
            assertThat(victim.result(ended)).as(story).isEqualTo(Victim.EXPECTED);
        }
    }
}
