package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.HttpMethod;
import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.dbfs.DbfsFile;
import io.slipway.content.dbfs.Incoming;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.Base64Field;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.FormParser;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** DBFS API 2.0. */
public final class DbfsRoutes {
    private final Dbfs dbfs;

    public DbfsRoutes(Dbfs dbfs) {
        this.dbfs = dbfs;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/dbfs")
                .get("/get-status", this::status)
                .get("/list", this::list)
                .get("/read", this::read)
                .post("/mkdirs", this::mkdirs)
                .post("/move", this::move)
                .post("/delete", this::delete)
                .upload(HttpMethod.POST, "/put", this::put)
                .post("/create", this::create)
                .post("/add-block", this::addBlock)
                .post("/close", this::close);
    }

    record FileInfo(String path, boolean isDir, long fileSize, long modificationTime) {
        static FileInfo of(DbfsFile file) {
            return new FileInfo(file.path(), file.folder(), file.size(), file.modifiedAt());
        }
    }

    record AtPath(Optional<String> path) {
        String required() {
            return Request.require(path, "path");
        }
    }

    private Object status(Request request) {
        return FileInfo.of(
                dbfs.status(request.caller(), request.query(AtPath.class).required()));
    }

    record Listing(List<FileInfo> files) {}

    private Object list(Request request) {
        return new Listing(
                dbfs.list(request.caller(), request.query(AtPath.class).required()).stream()
                        .map(FileInfo::of)
                        .toList());
    }

    record ReadRequest(Optional<String> path, Optional<Long> offset, Optional<Long> length) {}

    record ReadReply(long bytesRead, String data) {}

    private Object read(Request request) {
        ReadRequest asked = request.query(ReadRequest.class);
        byte[] bytes = dbfs.read(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.offset().orElse(0L),
                asked.length().orElse((long) Dbfs.USUAL_READ));
        return new ReadReply(bytes.length, Base64.getEncoder().encodeToString(bytes));
    }

    private Object mkdirs(Request request) {
        dbfs.mkdirs(request.caller(), request.body(AtPath.class).required());
        return Request.nothing();
    }

    record MoveRequest(Optional<String> sourcePath, Optional<String> destinationPath) {}

    private Object move(Request request) {
        MoveRequest asked = request.body(MoveRequest.class);
        dbfs.move(
                request.caller(),
                Request.require(asked.sourcePath(), "source_path"),
                Request.require(asked.destinationPath(), "destination_path"));
        return Request.nothing();
    }

    record DeleteRequest(Optional<String> path, Optional<Boolean> recursive) {}

    private Object delete(Request request) {
        DeleteRequest asked = request.body(DeleteRequest.class);
        dbfs.delete(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.recursive().orElse(false));
        return Request.nothing();
    }

    record PutRequest(Optional<String> path, Optional<String> contents, Optional<Boolean> overwrite) {}

    /** JSON with base64 contents, or a form whose file may be larger than memory (legacy {@code fs cp}: up to 2 GB). */
    private Object put(Request request) {
        if (request.multipart()) {
            return form(request);
        }
        PutRequest asked = request.body(PutRequest.class);
        dbfs.put(
                request.caller(),
                Request.require(asked.path(), "path"),
                Base64Field.decoded(asked.contents().orElse(""), "contents"),
                asked.overwrite().orElse(false));
        return Request.nothing();
    }

    private CompletionStage<Object> form(Request request) {
        String boundary = FormParser.boundary(request);
        Incoming incoming = dbfs.receive(request.caller());
        return PutForm.read(request, boundary, incoming)
                .<Object>thenApplyAsync(
                        form -> {
                            // As strictly as in JSON: a slip must not decide whether a file is replaced.
                            CreateRequest asked =
                                    Request.bind(WireJson.mapper().valueToTree(form), CreateRequest.class);
                            incoming.store(
                                    Request.require(asked.path(), "path"),
                                    asked.overwrite().orElse(false));
                            return Request.nothing();
                        },
                        request.context().blockingTaskExecutor())
                .whenComplete((done, failure) -> incoming.close());
    }

    record CreateRequest(Optional<String> path, Optional<Boolean> overwrite) {}

    private Object create(Request request) {
        CreateRequest asked = request.body(CreateRequest.class);
        long handle = dbfs.create(
                request.caller(),
                Request.require(asked.path(), "path"),
                asked.overwrite().orElse(false));
        return Map.of("handle", handle);
    }

    record Block(Optional<Long> handle, Optional<String> data) {}

    private Object addBlock(Request request) {
        Block block = request.body(Block.class);
        dbfs.addBlock(
                request.caller(),
                Request.require(block.handle(), "handle"),
                Base64Field.decoded(Request.require(block.data(), "data"), "data"));
        return Request.nothing();
    }

    private Object close(Request request) {
        dbfs.close(request.caller(), Request.require(request.body(Block.class).handle(), "handle"));
        return Request.nothing();
    }
}
