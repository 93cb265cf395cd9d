package io.slipway.identity.oidc;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The provider by which people sign in.
 *
 * @param clientId by which the provider knows this server
 * @param secret the file with the client's secret; empty: it is a public client
 * @param name as people call it
 * @param userClaim that is the name of a user
 * @param groupsClaim that has the groups of a user; empty: groups stay as they are
 * @param adminGroups groups that the provider may fill although whoever is in them administers something
 * @param create whether somebody who is not in the directory yet becomes a user of the first workspace
 */
public record ProviderSettings(
        String issuer,
        String clientId,
        Optional<Path> secret,
        String name,
        String scopes,
        String userClaim,
        Optional<String> groupsClaim,
        Set<String> adminGroups,
        boolean create) {
    public static final String EMAIL = "email";

    public ProviderSettings {
        adminGroups = Set.copyOf(adminGroups);
    }
}
