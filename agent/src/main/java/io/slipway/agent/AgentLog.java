package io.slipway.agent;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lines on standard error. A logging framework would cost more start-up time than the rest of the agent. */
final class AgentLog {
    private final PrintStream out;

    AgentLog(PrintStream out) {
        this.out = out;
    }

    void say(String sentence) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " agent: " + sentence);
    }
}
