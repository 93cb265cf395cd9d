package io.slipway.work.job;

import java.util.List;
import java.util.Map;

/** What a run was given beside its settings (Jobs API 2.1, run-now). Empty = not given. */
public record RunParameters(
        Map<String, String> job,
        Map<String, String> notebook,
        List<String> jar,
        List<String> python,
        Map<String, String> pythonNamed) {
    public static final RunParameters NONE = new RunParameters(Map.of(), Map.of(), List.of(), List.of(), Map.of());

    public RunParameters {
        job = Map.copyOf(job);
        notebook = Map.copyOf(notebook);
        jar = List.copyOf(jar);
        python = List.copyOf(python);
        pythonNamed = Map.copyOf(pythonNamed);
    }
}
