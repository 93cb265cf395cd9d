package io.slipway.runtime;

import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param argv the program and its arguments
 * @param env what the process needs beyond {@code PATH} and {@code HOME}
 */
public record ProcessPlan(List<String> argv, Map<String, String> env) {
    public ProcessPlan {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }
}
