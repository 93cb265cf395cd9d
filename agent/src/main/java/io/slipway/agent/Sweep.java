package io.slipway.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds and ends everything that belongs to a process or a node. */
public final class Sweep {
    private static final int ROUNDS = 100;
    private static final long ROUND_MILLIS = 20;

    private Sweep() {}

    /**
     * Kills every process that was started on a node, the agent included, and waits until they are gone. For a provider that releases a
     * node on this machine. Only this process itself is spared.
     *
     * @return how many processes were found
     * @throws InterruptedException if interrupted while waiting
     */
    public static int killNode(String nodeId) throws InterruptedException {
        Set<Long> killed = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Set<Long> living = marked(ProcessTable.all(), Marks.ofNode(nodeId));
            if (living.isEmpty()) {
                break;
            }
            addDescendants(living, ProcessTable.all());
            living.forEach(Sweep::kill);
            killed.addAll(living);
            Thread.sleep(ROUND_MILLIS); // whoever was forked meanwhile is found in the next round
        }
        return killed.size();
    }

    /** Everything that runs on a node but this process. */
    static Set<Long> ofNode(String nodeId) {
        List<ProcessTable.Entry> all = ProcessTable.all();
        Set<Long> members = marked(all, Marks.ofNode(nodeId));
        addDescendants(members, all);
        return members;
    }

    /**
     * The living members of a process.
     *
     * @param session of the process, or 0 if it has none of its own
     * @param roots processes whose descendants belong to it as well
     */
    static Set<Long> members(Marks marks, long session, Set<Long> roots) {
        List<ProcessTable.Entry> all = ProcessTable.all();
        Set<Long> members = marked(all, marks);
        for (ProcessTable.Entry entry : all) {
            if ((session > 1 && entry.session() == session) || roots.contains(entry.pid())) {
                members.add(entry.pid());
            }
        }
        addDescendants(members, all);
        return members;
    }

    private static Set<Long> marked(List<ProcessTable.Entry> all, Marks marks) {
        Set<Long> found = new HashSet<>();
        for (ProcessTable.Entry entry : all) {
            if (entry.pid() != ProcessHandle.current().pid() && marks.areOn(entry.pid())) {
                found.add(entry.pid());
            }
        }
        return found;
    }

    private static void addDescendants(Set<Long> members, List<ProcessTable.Entry> all) {
        boolean grew = true;
        while (grew) {
            grew = false;
            for (ProcessTable.Entry entry : all) {
                grew |= members.contains(entry.parent()) && members.add(entry.pid());
            }
        }
        members.remove(ProcessHandle.current().pid());
    }

    static void terminate(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
