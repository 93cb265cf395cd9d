package io.slipway.iam;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Services that have roles of their own, and how these are called: in {@code service-roles.csv}. */
final class ServiceRoles {
    static final String PATH = "/aws-service-role/";

    private static final String RESOURCE = "service-roles.csv";
    private static final Pattern SUFFIX = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final Map<String, Known> KNOWN = read();

    /** @param suffixed whether there may be several of them in one account */
    private record Known(String service, String name, boolean suffixed) {}

    private ServiceRoles() {}

    private static Map<String, Known> read() {
        try (InputStream in = ServiceRoles.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + RESOURCE);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(parts -> new Known(parts[0], parts[1], parts[2].equals("yes")))
                    .collect(Collectors.toUnmodifiableMap(Known::service, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    static String name(String service, Optional<String> suffix) {
        Known known = Optional.ofNullable(KNOWN.get(service))
                .orElseThrow(
                        () -> IamFault.input("The service " + service + " has no role of its own that is known here."));
        suffix.ifPresent(each -> {
            if (!known.suffixed()) {
                throw IamFault.input("Custom suffix is not allowed for " + service);
            }
            if (!SUFFIX.matcher(each).matches()) {
                throw Checks.unsatisfied(
                        "customSuffix", "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
            }
        });
        return "AWSServiceRoleFor" + known.name()
                + suffix.map(each -> "_" + each).orElse("");
    }

    static String path(String service) {
        return PATH + service + "/";
    }

    static String trust(String service) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + "\"},\"Action\":\"sts:AssumeRole\"}]}";
    }

    /** Only its service changes such a role. */
    static void refuse(Entity entity) {
        if (entity.kind() == EntityKind.ROLE && entity.role().service().isPresent()) {
            throw IamFault.unmodifiable("Cannot perform the operation on the protected role '" + entity.name()
                    + "' - this role is only modifiable by AWS");
        }
    }
}
