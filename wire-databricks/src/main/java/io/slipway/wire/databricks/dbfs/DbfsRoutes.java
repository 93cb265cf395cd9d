package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.storage.Dbfs;
import io.slipway.platform.storage.DbfsFile;
import io.slipway.platform.storage.Incoming;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DBFS API 2.0. */
public final class DbfsRoutes {
    private final Dbfs dbfs;

    public DbfsRoutes(Dbfs dbfs) {
        this.dbfs = dbfs;
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/api/2.0/dbfs")
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
            return Call.require(path, "path");
        }
    }

    private Object status(Call call) {
        return FileInfo.of(dbfs.status(call.caller(), call.query(AtPath.class).required()));
    }

    record Listing(List<FileInfo> files) {}

    private Object list(Call call) {
        return new Listing(dbfs.list(call.caller(), call.query(AtPath.class).required()).stream()
                .map(FileInfo::of)
                .toList());
    }

    record ReadRequest(Optional<String> path, Optional<Long> offset, Optional<Long> length) {}

    record ReadReply(long bytesRead, String data) {}

    private Object read(Call call) {
        ReadRequest asked = call.query(ReadRequest.class);
        byte[] bytes = dbfs.read(
                call.caller(),
                Call.require(asked.path(), "path"),
                asked.offset().orElse(0L),
                asked.length().orElse((long) Dbfs.USUAL_READ));
        return new ReadReply(bytes.length, Base64.getEncoder().encodeToString(bytes));
    }

    private Object mkdirs(Call call) {
        dbfs.mkdirs(call.caller(), call.body(AtPath.class).required());
        return Call.empty();
    }

    record MoveRequest(Optional<String> sourcePath, Optional<String> destinationPath) {}

    private Object move(Call call) {
        MoveRequest asked = call.body(MoveRequest.class);
        dbfs.move(
                call.caller(),
                Call.require(asked.sourcePath(), "source_path"),
                Call.require(asked.destinationPath(), "destination_path"));
        return Call.empty();
    }

    record DeleteRequest(Optional<String> path, Optional<Boolean> recursive) {}

    private Object delete(Call call) {
        DeleteRequest asked = call.body(DeleteRequest.class);
        dbfs.delete(
                call.caller(),
                Call.require(asked.path(), "path"),
                asked.recursive().orElse(false));
        return Call.empty();
    }

    record PutRequest(Optional<String> path, Optional<String> contents, Optional<Boolean> overwrite) {}

    /** JSON with base64 contents, or a form whose file may be larger than memory (legacy {@code fs cp}: up to 2 GB). */
    private Object put(Call call) {
        if (!call.multipart()) {
            HttpData body = call.request().aggregate().join().content();
            PutRequest asked = new Call(call.caller(), call.context(), call.request(), body).body(PutRequest.class);
            dbfs.put(
                    call.caller(),
                    Call.require(asked.path(), "path"),
                    decoded(asked.contents().orElse(""), "contents"),
                    asked.overwrite().orElse(false));
            return Call.empty();
        }
        call.context().setMaxRequestLength(0);
        call.context().clearRequestTimeout();
        try (Incoming incoming = dbfs.receive()) {
            Map<String, String> form = PutForm.read(call, incoming);
            incoming.store(
                    call.caller(),
                    Call.require(Optional.ofNullable(form.get("path")), "path"),
                    Boolean.parseBoolean(form.getOrDefault("overwrite", "false")));
        }
        return Call.empty();
    }

    record CreateRequest(Optional<String> path, Optional<Boolean> overwrite) {}

    private Object create(Call call) {
        CreateRequest asked = call.body(CreateRequest.class);
        long handle = dbfs.create(
                call.caller(),
                Call.require(asked.path(), "path"),
                asked.overwrite().orElse(false));
        return Map.of("handle", handle);
    }

    record Block(Optional<Long> handle, Optional<String> data) {}

    private Object addBlock(Call call) {
        Block block = call.body(Block.class);
        dbfs.addBlock(
                call.caller(),
                Call.require(block.handle(), "handle"),
                decoded(Call.require(block.data(), "data"), "data"));
        return Call.empty();
    }

    private Object close(Call call) {
        dbfs.close(call.caller(), Call.require(call.body(Block.class).handle(), "handle"));
        return Call.empty();
    }

    private static byte[] decoded(String base64, String field) {
        try {
            // The MIME decoder skips line breaks, which some base64 tools write.
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Field '" + field + "' is not valid base64.", e);
        }
    }
}
