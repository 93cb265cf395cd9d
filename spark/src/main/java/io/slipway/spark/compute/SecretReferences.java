package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.secret.SecretValues;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of <code>{{secrets/scope/key}}</code> in the Spark configuration and the environment of a cluster, as the
 * cluster's creator may read them. What comes of it is handed to the processes and kept nowhere.
 */
public final class SecretReferences {
    private static final String BEGINNING = "{{secrets/";
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{secrets/([^{}]+)/([^{}/]+)}}");

    /** What is written into the command lines of drivers and executors, which everybody on a node can read. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "spark\\.(driver|executor)\\.(extra|default)JavaOptions|spark\\.(auth|rpc|network)\\..*|spark\\..*port");

    private final Identities identities;
    private final SecretValues secrets;

    public SecretReferences(Identities identities, SecretValues secrets) {
        this.identities = identities;
        this.secrets = secrets;
    }

    /**
     * The configuration with its values.
     *
     * @param values that nobody may be shown
     */
    record Resolved(Map<String, String> sparkConf, Map<String, String> sparkEnvVars, List<String> values) {
        static Resolved asWritten(ClusterSpec spec) {
            return new Resolved(spec.sparkConf(), spec.sparkEnvVars(), List.of());
        }
    }

    /** Throws PERMISSION_DENIED or NOT_FOUND in the words of the secret's door, and INVALID_PARAMETER_VALUE for what is no reference. */
    Resolved resolve(Cluster cluster) {
        ClusterSpec spec = cluster.spec();
        boolean none = spec.sparkConf().values().stream().noneMatch(SecretReferences::refers)
                && spec.sparkEnvVars().values().stream().noneMatch(SecretReferences::refers);
        if (none) {
            return Resolved.asWritten(spec);
        }
        Caller creator = identities.acting(cluster.workspace(), cluster.creator());
        Set<String> values = new LinkedHashSet<>();
        Map<String, String> conf = new LinkedHashMap<>();
        spec.sparkConf().forEach((name, text) -> {
            if (refers(text) && COMMAND_LINE.matcher(name).matches()) {
                throw PlatformException.invalid("spark_conf." + name
                        + " cannot refer to a secret: it is written into command lines, which others can read.");
            }
            conf.put(name, resolved(creator, "spark_conf." + name, text, values));
        });
        Map<String, String> env = new LinkedHashMap<>();
        spec.sparkEnvVars()
                .forEach((name, text) -> env.put(name, resolved(creator, "spark_env_vars." + name, text, values)));
        return new Resolved(conf, env, List.copyOf(values));
    }

    private static boolean refers(String text) {
        return text.contains(BEGINNING);
    }

    private String resolved(Caller creator, String where, String text, Set<String> values) {
        if (!refers(text)) {
            return text;
        }
        String left = REFERENCE.matcher(text).replaceAll("");
        if (refers(left)) {
            throw PlatformException.invalid(where + " must refer to a secret as {{secrets/scope/key}}.");
        }
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String value = value(creator, where, reference.group(1), reference.group(2));
            values.add(value);
            return Matcher.quoteReplacement(value);
        });
    }

    private String value(Caller creator, String where, String scope, String key) {
        try {
            String value = new String(secrets.get(creator, scope, key), StandardCharsets.UTF_8);
            if (value.indexOf('\0') >= 0) {
                throw PlatformException.invalid("the value of " + scope + "/" + key + " is no text.");
            }
            return value;
        } catch (PlatformException e) {
            throw new PlatformException(e.code(), where + ": " + e.message());
        }
    }

    /** Why a cluster cannot start, for this failure of {@link #resolve}. */
    static TerminationReason refusal(PlatformException failure) {
        return TerminationReason.clientError(
                failure.code() == ErrorCode.PERMISSION_DENIED ? "SECRET_PERMISSION_DENIED" : "SECRET_RESOLUTION_ERROR",
                failure.message());
    }
}
