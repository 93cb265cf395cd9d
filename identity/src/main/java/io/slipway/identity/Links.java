package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Memberships of some principals, with those of all groups in groups.
 *
 * @param known the groups by their ids
 * @param above the groups in which a principal is directly
 * @param below the members of a group
 */
record Links(Map<Long, Entry.Held> known, Map<Long, Set<Long>> above, Map<Long, List<Entry.Held>> below) {
    static final Links NONE = new Links(Map.of(), Map.of(), Map.of());

    /** True, as collections answer. */
    boolean isIn(long principal, Entry.Held group) {
        known.put(group.principal().id().number(), group);
        return above.computeIfAbsent(principal, id -> new TreeSet<>())
                .add(group.principal().id().number());
    }

    boolean holds(long group, Entry.Held member) {
        return below.computeIfAbsent(group, id -> new ArrayList<>()).add(member);
    }

    List<Entry.Held> groups(PrincipalId id, PrincipalKind kind, WorkspaceId workspace) {
        Set<Long> direct = above.getOrDefault(id.number(), Set.of());
        Set<Long> seen = new TreeSet<>(direct);
        Deque<Long> open = new ArrayDeque<>(direct);
        while (!open.isEmpty()) {
            for (Long next : above.getOrDefault(open.pop(), Set.of())) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        List<Entry.Held> groups = new ArrayList<>();
        for (Long group : seen) {
            Entry.Held held = known.get(group);
            if (held != null) {
                groups.add(new Entry.Held(held.principal(), held.kind(), direct.contains(group)));
            }
        }
        if (kind.acts() && !workspace.equals(WorkspaceId.ACCOUNT)) {
            groups.add(new Entry.Held(new Principal(PrincipalId.USERS, "users"), PrincipalKind.GROUP, true));
        }
        return groups;
    }

    List<Entry.Held> members(PrincipalId id) {
        return below.getOrDefault(id.number(), List.of());
    }
}
