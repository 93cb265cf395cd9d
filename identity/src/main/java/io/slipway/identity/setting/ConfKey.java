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
    ENABLE_GP3("enableGp3", Form.KEPT_FLAG, "false"),
    /** Nodes are processes of this machine, without the service that this is about. */
    ENABLE_ENFORCE_IMDS_V2("enableEnforceImdsV2", Form.KEPT_FLAG, "false"),
    /** No browser has that filter any more. */
    ENABLE_XSS_PROTECTION("enable-X-XSS-Protection", Form.KEPT_FLAG, "false"),
    ENABLE_WORKSPACE_FILESYSTEM("enableWorkspaceFilesystem", Form.ALWAYS, "true"),
    ENFORCE_WORKSPACE_VIEW_ACLS("enforceWorkspaceViewAcls", Form.ALWAYS, "true"),
    ENFORCE_CLUSTER_VIEW_ACLS("enforceClusterViewAcls", Form.ALWAYS, "true"),
    ENABLE_JOB_VIEW_ACLS("enableJobViewAcls", Form.ALWAYS, "true"),
    /** Pages forbid frames of others by their policy. */
    ENABLE_FRAME_OPTIONS("enable-X-Frame-Options", Form.ALWAYS, "true"),
    ENABLE_CONTENT_TYPE_OPTIONS("enable-X-Content-Type-Options", Form.ALWAYS, "true"),
    ENABLE_UPLOAD_DATA_UIS("enableUploadDataUis", Form.ALWAYS, "true"),
    ENABLE_PROJECT_TYPE("enableProjectTypeInWorkspace", Form.ALWAYS, "false"),
    ENABLE_NOTEBOOK_GIT_VERSIONING("enableNotebookGitVersioning", Form.ALWAYS, "false"),
    ENABLE_FILE_STORE_ENDPOINT("enableFileStoreEndpoint", Form.ALWAYS, "false"),
    ENABLE_HLS_RUNTIME("enableHlsRuntime", Form.ALWAYS, "false"),
    ENABLE_JOBS_EMAILS("enableJobsEmailsV2", Form.ALWAYS, "false"),
    ENABLE_ON_SHARED_CLUSTER("enableLibraryAndInitScriptOnSharedCluster", Form.ALWAYS, "false"),
    ENABLE_PIPELINES_DATA_SAMPLE("enablePipelinesDataSample", Form.ALWAYS, "false"),
    ENABLE_LEGACY_VISUALIZATIONS("enableLegacyNotebookVisualizations", Form.ALWAYS, "false"),
    ENABLE_AUTOLOGGING("enableDatabricksAutologgingAdminConf", Form.ALWAYS, "false"),
    MLFLOW_ARTIFACT_DOWNLOAD("mlflowRunArtifactDownloadEnabled", Form.ALWAYS, "false"),
    MLFLOW_SERVING_CREATION("mlflowModelServingEndpointCreationEnabled", Form.ALWAYS, "false"),
    MLFLOW_REGISTRY_EMAILS("mlflowModelRegistryEmailNotificationsEnabled", Form.ALWAYS, "false"),
    /** Nobody is told how the platform is used. */
    HEAP_ANALYTICS("heapAnalyticsAdminConsent", Form.ALWAYS, "false"),
    INTERCOM("intercomAdminConsent", Form.ALWAYS, "false"),
    PROJECTS_ALLOW_LIST("projectsAllowList", Form.ALWAYS, ""),
    PROJECTS_ALLOW_LIST_PERMISSIONS("projectsAllowListPermissions", Form.ALWAYS, ""),
    REPOS_RESULTS_EXPORT("reposIpynbResultsExportPermissions", Form.ALWAYS, ""),
    RSTUDIO_HOME("rStudioUserDefaultHomeBase", Form.ALWAYS, ""),
    MAX_USER_INACTIVE_DAYS("maxUserInactiveDays", Form.ALWAYS, ""),
    /** Until when the maker of the platform may sign in: never. */
    APPROVED_LOGIN("customerApprovedWSLoginExpirationTime", Form.ALWAYS, "");

    /** Which values a key takes. */
    private enum Form {
        /** True or false, in any case of letters. */
        FLAG,
        /** One value, which is so here. */
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
