package io.slipway.wire.databricks.tree;

import com.linecorp.armeria.common.ContentDisposition;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.content.tree.Exported;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.ObjectType;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Workspace API 2.0, and {@code workspace-files} as bundles call it for their files, locks and state. */
public final class TreeRoutes {
    private final Tree tree;
    private final Consumer<Caller> exports;

    /** @param exports refuses a caller who may not take content out of the workspace */
    public TreeRoutes(Tree tree, Consumer<Caller> exports) {
        this.tree = tree;
        this.exports = exports;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/workspace")
                .post("/mkdirs", this::mkdirs)
                .get("/list", this::list)
                .get("/get-status", this::status)
                .post("/import", this::importContent)
                .get("/export", this::export)
                .post("/delete", this::delete);
        api.family(DatabricksDialect.STANDARD, "/api/2.0/workspace-files")
                .post("/import-file/:*path", this::importFile)
                .get("/:*path", this::file);
    }

    record ObjectInfo(
            ObjectType objectType,
            String path,
            Optional<Language> language,
            long createdAt,
            long modifiedAt,
            long objectId,
            Optional<Long> size,
            String resourceId) {
        static ObjectInfo of(TreeObject object) {
            return new ObjectInfo(
                    object.type(),
                    object.path(),
                    object.language(),
                    object.createdAt(),
                    object.modifiedAt(),
                    object.id(),
                    object.type() == ObjectType.FILE ? Optional.of(object.size()) : Optional.empty(),
                    String.valueOf(object.id()));
        }
    }

    record AtPath(Optional<String> path) {
        String required() {
            return Request.require(path, "path");
        }
    }

    private Object mkdirs(Request request) {
        tree.mkdirs(request.caller(), request.body(AtPath.class).required());
        return Request.nothing();
    }

    private Object status(Request request) {
        return ObjectInfo.of(
                tree.status(request.caller(), request.query(AtPath.class).required()));
    }

    record ListRequest(Optional<String> path, Optional<Long> notebooksModifiedAfter) {}

    record Listing(List<ObjectInfo> objects) {}

    private Object list(Request request) {
        ListRequest asked = request.query(ListRequest.class);
        long after = asked.notebooksModifiedAfter().orElse(Long.MIN_VALUE);
        return new Listing(tree.list(request.caller(), Request.require(asked.path(), "path")).stream()
                .filter(object -> object.type() != ObjectType.NOTEBOOK || object.modifiedAt() > after)
                .map(ObjectInfo::of)
                .toList());
    }

    private Object importContent(Request request) {
        ImportRequest asked = ImportRequest.of(request);
        TreeObject object = tree.importContent(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.format().orElse(Format.SOURCE),
                asked.language(),
                Request.require(asked.content(), "content"),
                asked.overwrite().orElse(false));
        return Map.of("object_id", object.id());
    }

    record ExportRequest(Optional<String> path, Optional<Format> format, Optional<Boolean> directDownload) {}

    record ExportReply(String content, String fileType) {}

    private Object export(Request request) {
        ExportRequest asked = request.query(ExportRequest.class);
        exports.accept(request.caller());
        Exported exported = tree.export(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.format().orElse(Format.SOURCE));
        return asked.directDownload().orElse(false)
                ? download(exported.fileName(), exported.content())
                : new ExportReply(Base64.getEncoder().encodeToString(exported.content()), exported.fileType());
    }

    private static HttpResponse download(String name, byte[] content) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.OCTET_STREAM)
                        .contentDisposition(ContentDisposition.builder("attachment")
                                .filename(name, StandardCharsets.UTF_8)
                                .build())
                        .build(),
                HttpData.wrap(content));
    }

    record DeleteRequest(Optional<String> path, Optional<Boolean> recursive) {}

    private Object delete(Request request) {
        DeleteRequest asked = request.body(DeleteRequest.class);
        tree.delete(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.recursive().orElse(false));
        return Request.nothing();
    }

    /** Raw bytes to a path. Clients take a lock by it, so what exists must answer 409, other than in import. */
    private Object importFile(Request request) {
        try {
            TreeObject object = tree.importContent(
                    request.caller(),
                    "/" + request.path("path"),
                    Format.AUTO,
                    Optional.empty(),
                    request.body().array(),
                    request.queryFlag("overwrite"));
            return Map.of("object_id", object.id());
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            throw new PlatformException(ErrorCode.CONFLICT, e.message(), Map.of("reason", "RESOURCE_ALREADY_EXISTS"));
        }
    }

    private Object file(Request request) {
        String path = "/" + request.path("path");
        if (path.endsWith("/")) {
            throw PlatformException.invalid("The path of a file has no slash at its end: " + path);
        }
        return download(path.substring(path.lastIndexOf('/') + 1), tree.file(request.caller(), path));
    }
}
