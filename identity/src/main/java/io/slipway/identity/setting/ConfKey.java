package io.slipway.identity.setting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of {@code workspace-conf} that are known here; every other one is refused by its name, as the real service does. A key that
 * would promise what the platform does not do takes only the value that is true.
 */
public enum ConfKey {
    ENABLE_IP_ACCESS_LISTS("enableIpAccessLists", Form.FLAG, "false"),
    /** Whether anybody but admins makes tokens. */
    ENABLE_TOKENS_CONFIG("enableTokensConfig", Form.FLAG, "true"),
    /** How long a new token may live; 0 and nothing = as long as wanted. */
    MAX_TOKEN_LIFETIME_DAYS("maxTokenLifetimeDays", Form.DAYS, ""),
    ENABLE_EXPORT_NOTEBOOK("enableExportNotebook", Form.FLAG, "true"),
    ENABLE_RESULTS_DOWNLOADING("enableResultsDownloading", Form.FLAG, "true"),
    ENABLE_NOTEBOOK_TABLE_CLIPBOARD("enableNotebookTableClipboard", Form.ALWAYS, "true"),
    ENABLE_DBFS_FILE_BROWSER("enableDbfsFileBrowser", Form.ALWAYS, "false"),
    ENABLE_WEB_TERMINAL("enableWebTerminal", Form.ALWAYS, "false"),
    ENABLE_DEPRECATED_GLOBAL_INIT_SCRIPTS("enableDeprecatedGlobalInitScripts", Form.ALWAYS, "false"),
    ENABLE_DEPRECATED_CLUSTER_NAMED_INIT_SCRIPTS("enableDeprecatedClusterNamedInitScripts", Form.ALWAYS, "false"),
    /** Whether the audit log has the text of commands. */
    ENABLE_VERBOSE_AUDIT_LOGS("enableVerboseAuditLogs", Form.FLAG, "false"),
    ENABLE_DCS("enableDcs", Form.ALWAYS, "false"),
    ENABLE_PROJECTS_ALLOW_LIST("enableProjectsAllowList", Form.ALWAYS, "false"),
    ENFORCE_USER_ISOLATION("enforceUserIsolation", Form.ALWAYS, "false"),
    /** Results are on the disk of this installation, whatever is set. */
    STORE_RESULTS_IN_CUSTOMER_ACCOUNT("storeInteractiveNotebookResultsInCustomerAccount", Form.KEPT_FLAG, "false"),
    /** There are no volumes of this kind here. */
    ENABLE_GP3("enableGp3", Form.KEPT_FLAG, "false");

    /** Which values a key takes. */
    private enum Form {
        /** True or false, in any case of letters. */
        FLAG,
        /** A flag that has one value here. */
        ALWAYS,
        /** A flag that changes nothing, and that nobody relies upon. */
        KEPT_FLAG,
        /** A number of days, or nothing. */
        DAYS
    }

    /** As long as a token may live at the real service. */
    private static final int MOST_DAYS = 730;

    private final String key;
    private final Form form;
    private final String usual;

    ConfKey(String key, Form form, String usual) {
        this.key = key;
        this.form = form;
        this.usual = usual;
    }

    public static Optional<ConfKey> of(String key) {
        return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
    }

    /** As clients write it. */
    public String key() {
        return key;
    }

    /** The value of a workspace in which nothing was set. */
    public String usual() {
        return usual;
    }

    boolean takes(String value) {
        return switch (form) {
            case FLAG, KEPT_FLAG -> flag(value);
            case ALWAYS -> value.toLowerCase(Locale.ROOT).equals(usual);
            case DAYS -> value.isEmpty() || (value.matches("[0-9]{1,3}") && Integer.parseInt(value) <= MOST_DAYS);
        };
    }

    private static boolean flag(String value) {
        String small = value.toLowerCase(Locale.ROOT);
        return small.equals("true") || small.equals("false");
    }
}
