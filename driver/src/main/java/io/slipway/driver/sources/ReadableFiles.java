package io.slipway.driver.sources;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Reads files up to where they cannot be read, and writes down which those are. */
final class ReadableFiles extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Function1<PartitionedFile, Iterator<InternalRow>> rows;
    private final StructType schema;
    private final BadRecords bad;

    /** @param schema of the rows, with the columns of partitions */
    ReadableFiles(Function1<PartitionedFile, Iterator<InternalRow>> rows, StructType schema, BadRecords bad) {
        this.rows = rows;
        this.schema = schema;
        this.bad = bad;
    }

    /** Of columnar formats these are no rows, but batches of them. */
    @Override
    @SuppressWarnings("unchecked")
    public Iterator<InternalRow> apply(PartitionedFile file) {
        return (Iterator<InternalRow>) (Iterator<?>) new AbstractIterator<Object>() {
            private Iterator<?> rest = scala.collection.Iterator$.MODULE$.empty();
            private boolean begun;
            private @Nullable UnsafeProjection packing;

            @Override
            public boolean hasNext() {
                try {
                    if (!begun) {
                        begun = true;
                        rest = rows.apply(file);
                    }
                    return rest.hasNext();
                } catch (RuntimeException e) {
                    return end(e);
                } catch (Exception e) { // Scala declares none, so that the compiler knows of none here.
                    if (e instanceof IOException || e instanceof org.apache.spark.SparkException) {
                        return end(e);
                    }
                    throw e;
                }
            }

            /** A broken file ends here; a record that its mode does not allow, and a lost task, are no file's fault. */
            private boolean end(Exception e) {
                if (e instanceof BrokenRecord
                        || org.apache.spark.TaskContext.get().isInterrupted()) {
                    throw ReadableFiles.<RuntimeException>undeclared(e);
                }
                rest = scala.collection.Iterator$.MODULE$.empty();
                bad.file(file.toPath().toString(), e);
                return false;
            }

            @Override
            public Object next() {
                hasNext();
                Object next = rest.next();
                return next instanceof InternalRow row && !(row instanceof UnsafeRow) ? packed(row) : next;
            }

            /**
             * Where Spark makes no code for the stage, as for more than a hundred columns, the reader of Parquet gives rows out of a
             * batch, which only Spark's own format is known for.
             */
            private InternalRow packed(InternalRow row) {
                UnsafeProjection known = packing;
                if (known == null) {
                    known = UnsafeProjection.create(schema);
                    packing = known;
                }
                return known.apply(row);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E undeclared(Exception e) throws E {
        throw (E) e;
    }
}
