package io.slipway.iam.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How actions are written: {@code s3:GetObject}. */
final class ActionFormat {
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Set<String> OF_TRUST = Set.of(
            "sts:assumerole",
            "sts:assumerolewithsaml",
            "sts:assumerolewithwebidentity",
            "sts:setsourceidentity",
            "sts:setcontext",
            "sts:tagsession",
            "sts:*",
            "sts:assumerole*",
            "*");

    private ActionFormat() {}

    static void check(String action) {
        if (action.equals("*")) {
            return;
        }
        int colon = action.indexOf(':');
        if (colon < 0) {
            throw Malformed.of("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        if (action.indexOf(':', colon + 1) >= 0) {
            throw Malformed.of("Actions/Condition can contain only one colon.");
        }
        String vendor = action.substring(0, colon);
        if (!vendor.equals("*") && !VENDOR.matcher(vendor).matches()) {
            throw Malformed.of("Vendor " + Malformed.shortened(vendor) + " is not valid");
        }
    }

    static void checkTrust(String action) {
        if (!OF_TRUST.contains(action.toLowerCase(Locale.ROOT))) {
            throw Malformed.of("AssumeRole policy may only specify STS AssumeRole actions.");
        }
    }
}
