package io.slipway.driver.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of a stream of Auto Loader: the one given, the one kept, or what the files look like. */
record CloudSchema(SparkSession session, CloudOptions options) {
    /** The schema that a data frame was made with; it stays so while the one kept goes on. */
    static final String DATA = "slipway.data";

    static final String PARTITIONS = "slipway.partitions";

    Columns columns(Optional<StructType> given) {
        Optional<String> data = options.all().get(DATA);
        if (data.isPresent()) {
            return new Columns(
                    schema(data.get()), schema(options.all().get(PARTITIONS).orElseThrow()));
        }
        try {
            if (!options.listing(conf()).exists()) {
                throw new SourceRefusal("PATH_NOT_FOUND", "there is nothing at " + options.path());
            }
            if (given.isPresent()) {
                return given(given.get());
            }
            if (options.fixed()) {
                List<FileEntry> files = options.listing(conf()).files();
                return files.isEmpty() ? fixed() : inference().of(files);
            }
            SchemaLog log = log().orElseThrow(() -> new SourceRefusal(
                    "CF_SCHEMA_LOCATION_REQUIRED",
                    "the schema of " + options.format() + " files is inferred only where"
                            + " cloudFiles.schemaLocation says where to keep it; set it, or give a schema"));
            Optional<Columns> kept = log.latest();
            if (kept.isPresent()) {
                return hinted(kept.get());
            }
            Columns inferred = hinted(inferred());
            log.add(inferred);
            return inferred;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of files that are read one time only, so that no schema is kept. */
    Columns once(Optional<StructType> given) throws IOException {
        if (given.isPresent()) {
            return given(given.get());
        }
        return options.fixed() ? inference().of(options.listing(conf()).files()) : hinted(inferred());
    }

    private static StructType schema(String json) {
        return (StructType) DataType.fromJson(json);
    }

    private Configuration conf() {
        return session.sparkContext().hadoopConfiguration();
    }

    Optional<SchemaLog> log() {
        return options.schemaLocation().map(location -> SchemaLog.at(location, conf()));
    }

    Inference inference() throws IOException {
        return new Inference(
                session,
                options.format(),
                options.reading(),
                options.listing(conf()).base(),
                options.inferTypes(),
                options.partitionColumns());
    }

    private Columns inferred() throws IOException {
        List<FileEntry> files = options.listing(conf()).files();
        files.removeIf(file -> file.size() == 0);
        if (files.isEmpty()) {
            throw new SourceRefusal(
                    "CF_EMPTY_DIR_FOR_SCHEMA_INFERENCE",
                    "there are no files at " + options.path()
                            + " to infer a schema from; start the stream when there are" + " some, or give a schema");
        }
        return inference().of(files);
    }

    private Columns hinted(Columns columns) {
        StructType partitions = options.hints().onKnown(columns.partitions());
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(List.of(partitions.fieldNames()));
        var others = new SchemaHints(options.hints().hints().stream()
                .filter(hint -> !names.contains(hint.name().get(0)))
                .toList());
        return new Columns(others.on(columns.data()), partitions);
    }

    private Columns fixed() {
        return new Columns(
                session.read().format(options.format()).load(new String[0]).schema(), new StructType());
    }

    /** Columns of a given schema that the folders of the first file are named after are read from there. */
    private Columns given(StructType schema) throws IOException {
        List<FileEntry> files = options.listing(conf()).files();
        Set<String> folders = new TreeSet<>(options.partitionColumns().orElse(Set.of()));
        if (options.partitionColumns().isEmpty() && !files.isEmpty()) {
            for (Path each = new Path(files.get(0).path()).getParent(); each != null; each = each.getParent()) {
                int sign = each.getName().indexOf('=');
                if (sign > 0) {
                    folders.add(each.getName().substring(0, sign));
                }
            }
            folders.retainAll(Set.of(schema.fieldNames()));
        }
        List<StructField> data = new ArrayList<>(Arrays.asList(schema.fields()));
        List<StructField> partitions = new ArrayList<>();
        for (String name : folders) {
            Optional<StructField> known = SchemaChanges.named(schema, name);
            known.ifPresent(data::remove);
            partitions.add(known.orElse(DataTypes.createStructField(name, DataTypes.StringType, true)));
        }
        options.rescued().ifPresent(name -> data.removeIf(field -> field.name().equals(name)));
        return new Columns(
                new StructType(data.toArray(StructField[]::new)),
                new StructType(partitions.toArray(StructField[]::new)));
    }

    /** Fails when files have columns that the schema has not, if the mode says so; the next start then has them. */
    void check(Columns known, List<FileEntry> files) throws IOException {
        boolean rescue = options.rescued().isPresent() && !options.rescues();
        boolean strict = options.mode() == CloudOptions.Mode.ADDNEWCOLUMNS
                || options.mode() == CloudOptions.Mode.FAILONNEWCOLUMNS;
        List<FileEntry> full = files.stream().filter(file -> file.size() > 0).toList();
        if (options.fixed() || full.isEmpty() || !(strict || rescue)) {
            return;
        }
        StructType found = inference().of(full).data();
        List<String> more = SchemaChanges.added(known.data(), SchemaChanges.extended(known.data(), found));
        more.removeIf(name -> List.of(known.partitions().fieldNames()).contains(name));
        if (more.isEmpty()) {
            return;
        }
        if (!strict) {
            throw new SourceRefusal(
                    "UNSUPPORTED_FEATURE",
                    "columns of " + options.format() + " files cannot be rescued, and these are not in the schema: "
                            + more);
        }
        if (options.mode() == CloudOptions.Mode.FAILONNEWCOLUMNS) {
            throw new UnknownFieldException(more, false);
        }
        evolve(found, known.partitions());
        throw new UnknownFieldException(more, true);
    }

    private void evolve(StructType found, StructType partitions) throws IOException {
        SchemaLog log = log().orElseThrow();
        Columns kept = log.latest().orElse(new Columns(new StructType(), partitions));
        StructType extended = options.hints().onKnown(SchemaChanges.extended(kept.data(), found));
        if (!extended.equals(kept.data())) {
            log.add(new Columns(extended, kept.partitions()));
        }
    }
}
