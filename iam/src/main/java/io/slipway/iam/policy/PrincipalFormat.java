package io.slipway.iam.policy;

import java.util.regex.Pattern;

/** How principals are written. */
final class PrincipalFormat {
    /** Users, roles, sessions: no part of a name may be left open. */
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:(?:"
            + "iam::[0-9]{12}:(?:root|user/[!-)+->@-~]{1,576}|role/[!-)+->@-~]{1,576})"
            + "|sts::[0-9]{12}:(?:assumed-role/[\\w+=,.@-]{1,64}/[\\w+=,.@-]{2,64}|federated-user/[\\w+=,.@-]{2,64}))");
    /** What IAM makes of a name whose user or role is gone. */
    private static final Pattern UNIQUE_ID = Pattern.compile("A[IR][DO]A[A-Z0-9]{12,124}");

    private static final Pattern SERVICE =
            Pattern.compile("[a-z0-9][a-z0-9.-]{0,200}\\.(?:amazonaws\\.com(?:\\.cn)?|aws\\.internal)");
    private static final Pattern PROVIDER = Pattern.compile(
            "arn:aws[a-z-]*:iam::[0-9]{12}:(?:oidc-provider|saml-provider)/[^\\s*?]{1,2048}|[A-Za-z0-9][A-Za-z0-9.:/_-]{0,254}");
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{64}");

    private PrincipalFormat() {}

    static boolean valid(Principals.Type type, String name) {
        return switch (type) {
            case AWS ->
                name.equals("*")
                        || AccountId.valid(name)
                        || ARN.matcher(name).matches()
                        || UNIQUE_ID.matcher(name).matches();
            case SERVICE -> SERVICE.matcher(name).matches();
            case FEDERATED -> PROVIDER.matcher(name).matches();
            case CANONICAL_USER -> CANONICAL.matcher(name).matches();
        };
    }
}
