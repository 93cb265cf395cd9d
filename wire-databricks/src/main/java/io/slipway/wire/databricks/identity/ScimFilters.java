package io.slipway.wire.databricks.identity;

import io.slipway.identity.DirectoryFilter;
import io.slipway.identity.DirectoryFilter.Attribute;
import io.slipway.identity.PrincipalKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Filters of SCIM in words of the directory. */
final class ScimFilters {
    private static final Map<String, Attribute> OF_ALL = Map.of(
            "id", Attribute.ID,
            "externalid", Attribute.EXTERNAL_ID,
            "groups", Attribute.GROUP_ID,
            "groups.value", Attribute.GROUP_ID);
    private static final Map<PrincipalKind, Map<String, Attribute>> OF_KIND = Map.of(
            PrincipalKind.USER,
            Map.of(
                    "username", Attribute.NAME,
                    "displayname", Attribute.DISPLAY_NAME,
                    "active", Attribute.ACTIVE,
                    "emails", Attribute.EMAIL,
                    "emails.value", Attribute.EMAIL,
                    "name.givenname", Attribute.GIVEN_NAME,
                    "name.familyname", Attribute.FAMILY_NAME),
            PrincipalKind.GROUP,
            Map.of(
                    "displayname", Attribute.NAME,
                    "members", Attribute.MEMBER_ID,
                    "members.value", Attribute.MEMBER_ID),
            PrincipalKind.SERVICE_PRINCIPAL,
            Map.of(
                    "applicationid", Attribute.NAME,
                    "displayname", Attribute.DISPLAY_NAME,
                    "active", Attribute.ACTIVE));

    private ScimFilters() {}

    static DirectoryFilter read(PrincipalKind kind, String text) {
        return text.isBlank()
                ? DirectoryFilter.ALL
                : ScimReading.filter(text).directory("", name -> attribute(kind, name));
    }

    static Attribute attribute(PrincipalKind kind, String name) {
        String known = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(OF_KIND.getOrDefault(kind, Map.of()).get(known))
                .or(() -> Optional.ofNullable(OF_ALL.get(known)))
                .orElseThrow(() -> ScimErrors.filter("Attribute '" + name + "' of a "
                        + kind.title().toLowerCase(Locale.ROOT) + " cannot be compared."));
    }
}
