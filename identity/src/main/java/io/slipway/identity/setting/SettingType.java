package io.slipway.identity.setting;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of the Settings API that a workspace has. One that would promise what the platform does not do takes only the value that is
 * true.
 */
public enum SettingType {
    /** In which catalog sessions begin. */
    DEFAULT_NAMESPACE("default_namespace_ws", "namespace", "value", Form.TEXT, "", ""),
    /** Whether admins may make tokens of service principals, owners of jobs, and have jobs run as others. */
    RESTRICT_WORKSPACE_ADMINS(
            "restrict_workspace_admins",
            "restrict_workspace_admins",
            "status",
            Form.TEXT,
            "ALLOW_ALL",
            "RESTRICT_TOKENS_AND_JOB_RUN_AS"),
    DISABLE_LEGACY_ACCESS("disable_legacy_access", "disable_legacy_access", "value", Form.FLAG, "false", ""),
    DISABLE_LEGACY_DBFS("disable_legacy_dbfs", "disable_legacy_dbfs", "value", Form.FLAG, "false", ""),
    AUTOMATIC_CLUSTER_UPDATE(
            "automatic_cluster_update", "automatic_cluster_update_workspace", "enabled", Form.FLAG, "false", ""),
    COMPLIANCE_SECURITY_PROFILE(
            "shield_csp_enablement_ws_db",
            "compliance_security_profile_workspace",
            "is_enabled",
            Form.FLAG,
            "false",
            ""),
    ENHANCED_SECURITY_MONITORING(
            "shield_esm_enablement_ws_db",
            "enhanced_security_monitoring_workspace",
            "is_enabled",
            Form.FLAG,
            "false",
            ""),
    AIBI_ACCESS_POLICY(
            "aibi_dash_embed_ws_acc_policy",
            "aibi_dashboard_embedding_access_policy",
            "access_policy_type",
            Form.TEXT,
            "DENY_ALL_DOMAINS",
            ""),
    SQL_RESULTS_DOWNLOAD("sql_results_download", "boolean_val", "value", Form.FLAG, "true", ""),
    DASHBOARD_EMAIL_SUBSCRIPTIONS("dashboard_email_subscriptions", "boolean_val", "value", Form.FLAG, "false", ""),
    LLM_PROXY_PARTNER_POWERED("llm_proxy_partner_powered", "boolean_val", "value", Form.FLAG, "false", ""),
    ENABLE_EXPORT_NOTEBOOK("enable-export-notebook", ConfKey.ENABLE_EXPORT_NOTEBOOK),
    ENABLE_RESULTS_DOWNLOADING("enable-results-downloading", ConfKey.ENABLE_RESULTS_DOWNLOADING),
    ENABLE_NOTEBOOK_TABLE_CLIPBOARD("enable-notebook-table-clipboard", ConfKey.ENABLE_NOTEBOOK_TABLE_CLIPBOARD);

    private enum Form {
        TEXT,
        FLAG
    }

    private static final int LONGEST = 255;

    private final String type;
    private final String field;
    private final String leaf;
    private final Form form;
    /** What is so while nothing is set; empty: nothing, and every text can be set. */
    private final String usual;
    /** What else can be set; empty: nothing. */
    private final String other;

    private final Optional<ConfKey> key;

    SettingType(String type, String field, String leaf, Form form, String usual, String other) {
        this.type = type;
        this.field = field;
        this.leaf = leaf;
        this.form = form;
        this.usual = usual;
        this.other = other;
        this.key = Optional.empty();
    }

    /** Another way to a key of {@code workspace-conf}. */
    SettingType(String type, ConfKey key) {
        this.type = type;
        this.field = "boolean_val";
        this.leaf = "value";
        this.form = Form.FLAG;
        this.usual = key.usual();
        this.other = "";
        this.key = Optional.of(key);
    }

    public static Optional<SettingType> of(String type) {
        return Arrays.stream(values()).filter(known -> known.type.equals(type)).findFirst();
    }

    /** As addresses have it. */
    public String type() {
        return type;
    }

    /** The object that holds the value. */
    public String field() {
        return field;
    }

    /** The value in the {@link #field}. */
    public String leaf() {
        return leaf;
    }

    /** Whether it is true or false. */
    public boolean flag() {
        return form == Form.FLAG;
    }

    /** The name of its row. */
    String row() {
        return key.map(ConfKey::key).orElse(type);
    }

    /** The value while nothing is set; empty: none. */
    Optional<String> usual() {
        return usual.isEmpty() ? Optional.empty() : Optional.of(usual);
    }

    /** Whether a change must show the version that it was made from. */
    boolean strict() {
        return form == Form.TEXT;
    }

    boolean takes(String value) {
        if (key.isPresent()) {
            return key.get().takes(value);
        }
        return usual.isEmpty()
                ? !value.isBlank() && value.length() <= LONGEST
                : value.equals(usual) || (!value.isEmpty() && value.equals(other));
    }
}
