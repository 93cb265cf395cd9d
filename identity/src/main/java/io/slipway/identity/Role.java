package io.slipway.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What somebody is given on a service principal or a group, beside levels on things. No role contains another: who manages a service
 * principal does not use it, as on Databricks (its page on roles for service principals).
 */
public enum Role {
    /** Have jobs act as it. */
    SERVICE_PRINCIPAL_USER("servicePrincipal.user", PrincipalKind.SERVICE_PRINCIPAL),
    /** Change and delete it, make its secrets, and say who has which role on it. */
    SERVICE_PRINCIPAL_MANAGER("servicePrincipal.manager", PrincipalKind.SERVICE_PRINCIPAL),
    /** Change its name and members, delete it, and say who has which role on it. */
    GROUP_MANAGER("group.manager", PrincipalKind.GROUP);

    private final String word;
    private final PrincipalKind on;

    Role(String word, PrincipalKind on) {
        this.word = word;
        this.on = on;
    }

    /** The role by the name that rule sets have for it. */
    public static Optional<Role> named(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title().equals(title))
                .findFirst();
    }

    /** What can be given on something of the kind; empty: on all of the account. */
    static List<Role> on(Optional<PrincipalKind> kind) {
        return Arrays.stream(values())
                .filter(role -> kind.map(role.on::equals).orElse(role != SERVICE_PRINCIPAL_USER))
                .toList();
    }

    /** The role that manages something of the kind. */
    static Role managing(PrincipalKind kind) {
        return kind == PrincipalKind.GROUP ? GROUP_MANAGER : SERVICE_PRINCIPAL_MANAGER;
    }

    /** As rule sets call it: {@code roles/group.manager}. */
    public String title() {
        return "roles/" + word;
    }
}
