package io.slipway.wire.databricks.permission;

import io.slipway.identity.Grant;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import java.util.Optional;
import java.util.stream.Stream;

/** An entry of an {@code access_control_list}: exactly one of the names, and a level. */
public record AccessControl(
        Optional<String> userName,
        Optional<String> groupName,
        Optional<String> servicePrincipalName,
        Optional<Level> permissionLevel) {
    /** An empty name is none. */
    public AccessControl {
        userName = userName.filter(name -> !name.isEmpty());
        groupName = groupName.filter(name -> !name.isEmpty());
        servicePrincipalName = servicePrincipalName.filter(name -> !name.isEmpty());
    }

    public Grant grant() {
        long names = Stream.of(userName, groupName, servicePrincipalName)
                .filter(Optional::isPresent)
                .count();
        if (names != 1) {
            throw PlatformException.invalid("An entry of access_control_list names exactly one of user_name, group_name"
                    + " and service_principal_name.");
        }
        return new Grant(kind(), name(), Request.require(permissionLevel, "permission_level"));
    }

    private PrincipalKind kind() {
        if (userName.isPresent()) {
            return PrincipalKind.USER;
        }
        return groupName.isPresent() ? PrincipalKind.GROUP : PrincipalKind.SERVICE_PRINCIPAL;
    }

    private String name() {
        return userName.or(() -> groupName).or(() -> servicePrincipalName).orElseThrow();
    }
}
