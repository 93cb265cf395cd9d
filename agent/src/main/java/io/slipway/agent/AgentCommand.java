package io.slipway.agent;

import java.nio.file.Path;
import java.util.List;

/** The command line of an agent, for whoever starts one. */
public final class AgentCommand {
    private AgentCommand() {}

    /**
     * Small and quick: 24 MB of heap, the simplest collector and compiler.
     *
     * @param java the program
     * @param agentJar the shaded jar
     * @param config {@code agent.json}
     */
    public static List<String> of(Path java, Path agentJar, Path config) {
        return List.of(
                java.toString(),
                "-Xmx24m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-jar",
                agentJar.toString(),
                config.toString());
    }
}
