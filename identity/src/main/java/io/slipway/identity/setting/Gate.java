package io.slipway.identity.setting;

import io.slipway.kit.Cidr;
import java.net.InetAddress;
import java.util.List;

/** From where a workspace may be reached, ready to be asked for each request. */
record Gate(boolean closed, List<Cidr> allowed, List<Cidr> blocked) {
    static Gate of(boolean enabled, List<AccessList.Spec> lists) {
        return new Gate(enabled, ranges(lists, AccessList.Type.ALLOW), ranges(lists, AccessList.Type.BLOCK));
    }

    private static List<Cidr> ranges(List<AccessList.Spec> lists, AccessList.Type type) {
        return lists.stream()
                .filter(list -> list.enabled() && list.type() == type)
                .flatMap(list -> list.addresses().stream())
                .map(Cidr::of)
                .toList();
    }

    /** The machine itself always comes in: agents and drivers of its own nodes call from there. */
    boolean admits(InetAddress address) {
        if (!closed || address.isLoopbackAddress()) {
            return true;
        }
        return blocked.stream().noneMatch(range -> range.contains(address))
                && (allowed.isEmpty() || allowed.stream().anyMatch(range -> range.contains(address)));
    }
}
