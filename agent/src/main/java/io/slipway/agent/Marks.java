package io.slipway.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What everything that runs on a node, or belongs to one process there, carries along: two environment variables, and a number for those
 * who emptied their environment. See {@link InheritedNumber}.
 */
public final class Marks {
    /** Value: the node id. */
    public static final String NODE = "SLIPWAY_NODE";
    /** Value: {@code <name>/<generation>}. */
    public static final String PROCESS = "SLIPWAY_PROCESS";

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final InheritedNumber.Range numbers;

    private Marks(InheritedNumber.Range numbers) {
        this.numbers = numbers;
    }

    static Marks ofNode(String nodeId) {
        Marks marks = new Marks(InheritedNumber.ofNode(nodeId));
        marks.variables.put(NODE, nodeId);
        return marks;
    }

    static Marks ofProcess(String nodeId, String process) {
        Marks marks = new Marks(InheritedNumber.ofProcess(nodeId, process));
        marks.variables.put(NODE, nodeId);
        marks.variables.put(PROCESS, process);
        return marks;
    }

    /** Variables that are there decide; the number does for a process that dropped them. */
    boolean areOn(long pid) {
        Map<String, String> environment = ProcessTable.environment(pid);
        boolean all = true;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String value = environment.get(variable.getKey());
            if (value != null && !value.equals(variable.getValue())) {
                return false;
            }
            all &= value != null;
        }
        return all || isNumbered(ProcessTable.lockLimit(pid));
    }

    private boolean isNumbered(OptionalLong limit) {
        return limit.isPresent() && numbers.contains(limit.getAsLong());
    }
}
