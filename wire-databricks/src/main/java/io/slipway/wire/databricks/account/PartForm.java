package io.slipway.wire.databricks.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.workspace.PartKind;
import io.slipway.kit.PlatformException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How each kind of part is written: its path, the names of its fields, and what must be in them. */
enum PartForm {
    CREDENTIALS(PartKind.CREDENTIALS, "credentials", "credentials_name", "credentials_id", "aws_credentials") {
        @Override
        void check(ObjectNode body) {
            JsonNode role = body.path("aws_credentials").path("sts_role");
            text(role, "role_arn", "aws_credentials.sts_role.role_arn", ROLE, "the ARN of a role");
        }
    },
    STORAGE(
            PartKind.STORAGE,
            "storage-configurations",
            "storage_configuration_name",
            "storage_configuration_id",
            "root_bucket_info",
            "role_arn") {
        @Override
        void check(ObjectNode body) {
            text(
                    body.path("root_bucket_info"),
                    "bucket_name",
                    "root_bucket_info.bucket_name",
                    BUCKET,
                    "the name of a bucket");
            if (!blank(body.path("role_arn"))) {
                text(body, "role_arn", "role_arn", ROLE, "the ARN of a role");
            }
        }
    },
    NETWORK(PartKind.NETWORK, "networks", "network_name", "network_id", "vpc_id", "subnet_ids", "security_group_ids") {
        @Override
        void check(ObjectNode body) {
            if (!blank(body.path("vpc_endpoints")) || !blank(body.path("gcp_network_info"))) {
                throw PlatformException.invalid("vpc_endpoints and gcp_network_info are not supported.");
            }
            text(body, "vpc_id", "vpc_id", Pattern.compile("vpc-[0-9a-zA-Z]+"), "the id of a VPC");
            // Network configurations have subnets in two zones at least, and one to five security groups.
            ids(body, "subnet_ids", "subnet-", 2, 100);
            ids(body, "security_group_ids", "sg-", 1, 5);
        }
    };

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.{1,512}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final int LONGEST_NAME = 256;

    private final PartKind kind;
    private final String path;
    private final String nameField;
    private final String idField;
    private final String fields;

    PartForm(PartKind kind, String path, String nameField, String idField, String... fields) {
        this.kind = kind;
        this.path = path;
        this.nameField = nameField;
        this.idField = idField;
        this.fields = String.join(",", fields);
    }

    abstract void check(ObjectNode body);

    PartKind kind() {
        return kind;
    }

    String path() {
        return path;
    }

    /** The field of its name. */
    String nameField() {
        return nameField;
    }

    /** The field of its id. */
    String idField() {
        return idField;
    }

    /** What is kept of a request; throws unless it says all that it must. */
    ObjectNode checked(ObjectNode body) {
        String called = body.path(nameField).asText();
        if (called.isBlank() || called.length() > LONGEST_NAME) {
            throw PlatformException.invalid(nameField + " must have 1 to " + LONGEST_NAME + " characters.");
        }
        check(body);
        Set<String> known = new HashSet<>(List.of(fields.split(",", -1)));
        known.add(nameField);
        return body.deepCopy().retain(known);
    }

    /** Whether nothing is said: some clients send empty values for what they do not mean. */
    static boolean blank(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isEmpty())
                || (value.isContainerNode() && value.isEmpty());
    }

    private static void text(JsonNode in, String field, String called, Pattern pattern, String what) {
        JsonNode value = in.path(field);
        if (blank(value)) {
            throw PlatformException.invalid("Missing required field '" + called + "'");
        }
        if (!value.isTextual() || !pattern.matcher(value.asText()).matches()) {
            throw PlatformException.invalid(called + " must be " + what + ".");
        }
    }

    private static void ids(ObjectNode body, String field, String prefix, int least, int most) {
        JsonNode all = body.path(field);
        boolean good = all.isArray() && all.size() >= least && all.size() <= most;
        for (JsonNode id : all) {
            good = good && id.isTextual() && id.asText().matches(prefix + "[0-9a-zA-Z]+");
        }
        if (!good) {
            throw PlatformException.invalid(
                    field + " must be " + least + " to " + most + " ids that begin with " + prefix + ".");
        }
    }
}
