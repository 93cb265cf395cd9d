package io.slipway.driver.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.command.LeafRunnableCommand;
import org.apache.spark.sql.types.StructType;
import scala.Enumeration;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A statement of ours as a plan of Spark: it runs once, when the frame of its rows is made. */
public final class RowsCommand extends LogicalPlan implements LeafRunnableCommand {
    private static final long serialVersionUID = 1L;

    /** What a statement does. */
    @FunctionalInterface
    public interface Work {
        List<Row> run(SparkSession session) throws AnalysisException;
    }

    private final String statement;
    private final StructType schema;
    private final transient Work work;
    private final List<Attribute> output;

    @SuppressWarnings("NullAway.Init") // The call of Command.$init$ sets it.
    private Seq<Enumeration.Value> patterns;

    /** Spark copies plans by their public constructor. */
    public RowsCommand(String statement, StructType schema, Work work) {
        Command.$init$(this);
        this.statement = statement;
        this.schema = schema;
        this.work = work;
        this.output = new ArrayList<>(CollectionConverters.asJava(DataTypeUtils.toAttributes(schema)));
    }

    @Override
    public Seq<Attribute> output() {
        return CollectionConverters.asScala(output).toSeq();
    }

    @Override
    public Seq<Enumeration.Value> nodePatterns() {
        return patterns;
    }

    /** How Scala gives a class the value that a trait of it has. */
    @Override
    @SuppressWarnings("checkstyle:MethodName")
    public void org$apache$spark$sql$catalyst$plans$logical$Command$_setter_$nodePatterns_$eq(
            Seq<Enumeration.Value> given) {
        patterns = given;
    }

    @Override
    public Seq<LogicalPlan> children() {
        return CollectionConverters.asScala(List.<LogicalPlan>of()).toSeq();
    }

    @Override
    public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> none) {
        return this;
    }

    @Override
    public Seq<Row> run(SparkSession session) {
        try {
            return CollectionConverters.asScala(work.run(session)).toSeq();
        } catch (AnalysisException e) {
            throw RowsCommand.<RuntimeException>undeclared(e);
        }
    }

    /** Scala declares no exceptions, so that Java may not throw those that must be. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E undeclared(Exception e) throws E {
        throw (E) e;
    }

    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int index) {
        return index == 0 ? statement : index == 1 ? schema : work;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RowsCommand;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
