package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AccessControlPolicy;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

/** An access control list: who was given what, besides by policies. */
public record Acl(List<Given> grants) {
    public static final Acl NONE = new Acl(List.of());
    static final String EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
    static final String AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private static final String LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery";
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern IN_HEADER = Pattern.compile("\\s*(id|uri|emailAddress)\\s*=\\s*\"?([^\",]*)\"?\\s*");
    private static final int MOST = 100;

    /**
     * One grant.
     *
     * @param who a group's address, or the canonical id of an account
     */
    public record Given(String who, Permission permission) {
        boolean group() {
            return who.startsWith("http");
        }

        boolean gives(Permission wanted) {
            return permission == wanted || permission == Permission.FULL_CONTROL;
        }
    }

    /** What a request says about its list: one of those with a name, or grants in headers. */
    public record Asked(
            @Nullable String canned,
            @Nullable String full,
            @Nullable String read,
            @Nullable String write,
            @Nullable String readAcp,
            @Nullable String writeAcp) {
        public boolean any() {
            return canned != null || byHeaders();
        }

        boolean byHeaders() {
            return full != null || read != null || write != null || readAcp != null || writeAcp != null;
        }

        /** Throws unless it is said either by headers or by a document. */
        public void requireOneForm(boolean document) {
            if (!any() && !document) {
                throw S3Fault.of(400, "MissingSecurityHeader", "Your request was missing a required header")
                        .with("MissingHeaderName", "x-amz-acl")
                        .exception();
            }
            if (any() && document) {
                throw S3Fault.of(400, "UnexpectedContent", "This request does not support content")
                        .exception();
            }
        }

        /** Whether it says no more than what holds where lists do not count. */
        public boolean harmless() {
            return !byHeaders() && (canned == null || canned.equals("bucket-owner-full-control"));
        }
    }

    public Acl {
        grants = List.copyOf(grants);
    }

    /** @param owner of the thing; {@code bucketOwner} is the same for buckets */
    public static Acl of(Asked asked, String owner, String bucketOwner) {
        if (asked.canned() != null && asked.byHeaders()) {
            throw S3Fault.invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
        }
        if (!asked.byHeaders()) {
            return canned(asked.canned() == null ? "private" : asked.canned(), owner, bucketOwner);
        }
        List<Given> grants = new ArrayList<>();
        addHeader(grants, asked.full(), Permission.FULL_CONTROL);
        addHeader(grants, asked.read(), Permission.READ);
        addHeader(grants, asked.write(), Permission.WRITE);
        addHeader(grants, asked.readAcp(), Permission.READ_ACP);
        addHeader(grants, asked.writeAcp(), Permission.WRITE_ACP);
        return new Acl(grants);
    }

    private static Acl canned(String name, String owner, String bucketOwner) {
        List<Given> grants = new ArrayList<>(List.of(new Given(owner, Permission.FULL_CONTROL)));
        switch (name) {
            case "private" -> {}
            case "public-read" -> grants.add(new Given(EVERYBODY, Permission.READ));
            case "public-read-write" -> {
                grants.add(new Given(EVERYBODY, Permission.READ));
                grants.add(new Given(EVERYBODY, Permission.WRITE));
            }
            case "authenticated-read" -> grants.add(new Given(AUTHENTICATED, Permission.READ));
            case "log-delivery-write" -> {
                grants.add(new Given(LOGS, Permission.WRITE));
                grants.add(new Given(LOGS, Permission.READ_ACP));
            }
            case "bucket-owner-read" -> addOther(grants, owner, bucketOwner, Permission.READ);
            case "bucket-owner-full-control" -> addOther(grants, owner, bucketOwner, Permission.FULL_CONTROL);
            default -> throw S3Fault.invalidArgument("", "x-amz-acl", name);
        }
        return new Acl(grants);
    }

    private static void addOther(List<Given> grants, String owner, String other, Permission permission) {
        if (!other.equals(owner)) {
            grants.add(new Given(other, permission));
        }
    }

    private static void addHeader(List<Given> grants, @Nullable String header, Permission permission) {
        if (header == null) {
            return;
        }
        for (String each : header.split(",", -1)) {
            Matcher form = IN_HEADER.matcher(each);
            if (!form.matches()) {
                throw S3Fault.invalidArgument("Argument format not recognized", "x-amz-grant", header);
            }
            grants.add(new Given(checked(form.group(1), form.group(2)), permission));
        }
    }

    private static String checked(String type, String name) {
        switch (type) {
            case "id" -> {
                if (!CANONICAL.matcher(name).matches()) {
                    throw S3Fault.invalidArgument("Invalid id", "CanonicalUser/ID", name);
                }
            }
            case "uri" -> {
                if (!List.of(EVERYBODY, AUTHENTICATED, LOGS).contains(name)) {
                    throw S3Fault.invalidArgument("Invalid group uri", "uri", name);
                }
            }
            default ->
                throw S3Fault.of(
                                400,
                                "UnresolvableGrantByEmailAddress",
                                "The e-mail address you provided does not match any account on record.")
                        .with("emailAddress", name)
                        .exception();
        }
        return name;
    }

    /** @param owner who must be named as such */
    public static Acl of(AccessControlPolicy policy, String owner) {
        if (policy.owner() == null
                || policy.owner().id() == null
                || policy.grants().size() > MOST) {
            throw S3Fault.malformed();
        }
        if (!policy.owner().id().equals(owner)) {
            throw S3Fault.accessDenied("Access Denied");
        }
        List<Given> grants = new ArrayList<>();
        for (Grant each : policy.grants()) {
            Grantee who = each.grantee();
            if (who == null || each.permission() == null || each.permission() == Permission.UNKNOWN_TO_SDK_VERSION) {
                throw S3Fault.malformed();
            }
            String name = who.type() == Type.GROUP
                    ? checked("uri", String.valueOf(who.uri()))
                    : who.type() == Type.CANONICAL_USER
                            ? checked("id", String.valueOf(who.id()))
                            : checked("emailAddress", String.valueOf(who.emailAddress()));
            grants.add(new Given(name, each.permission()));
        }
        return new Acl(grants);
    }

    /** Whether everybody, or everybody who has signed, is given something. */
    public boolean open() {
        return grants.stream()
                .anyMatch(each -> each.who().equals(EVERYBODY) || each.who().equals(AUTHENTICATED));
    }

    /** Without what {@link #open} tells of. */
    Acl closed() {
        return new Acl(grants.stream()
                .filter(each -> !each.who().equals(EVERYBODY) && !each.who().equals(AUTHENTICATED))
                .toList());
    }

    /** Whether a group that they are in is given it. */
    boolean givesByGroup(boolean signed, Permission wanted) {
        return grants.stream()
                .anyMatch(each -> each.gives(wanted)
                        && (each.who().equals(EVERYBODY)
                                || (signed && each.who().equals(AUTHENTICATED))));
    }

    boolean givesTo(Optional<String> canonical, Permission wanted) {
        return canonical
                .filter(id -> grants.stream().anyMatch(each -> each.who().equals(id) && each.gives(wanted)))
                .isPresent();
    }

    /** As S3 tells it. */
    public List<Grant> told() {
        return grants.stream()
                .map(each -> Grant.builder()
                        .grantee(Grantee.builder()
                                .type(each.group() ? Type.GROUP : Type.CANONICAL_USER)
                                .id(each.group() ? null : each.who())
                                .uri(each.group() ? each.who() : null)
                                .build())
                        .permission(each.permission())
                        .build())
                .toList();
    }

    /** As it is kept. */
    public String text() {
        List<String> all = grants.stream()
                .map(each -> each.permission() + " " + each.who())
                .toList();
        return String.join("\n", all);
    }

    /** Reads what {@link #text} wrote. */
    public static Acl read(String text) {
        return new Acl(text.lines()
                .map(line -> line.split(" ", 2))
                .map(words -> new Given(words[1], Permission.fromValue(words[0])))
                .toList());
    }
}
