package io.slipway.driver.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Knows the statements of the dialect that neither Spark nor Delta knows, writes those that differ in words only in Spark's
 * words, and leaves all others to the next parser.
 */
final class DialectParser implements ParserInterface {
    /** Reads a statement that begins as one of its kind. */
    @FunctionalInterface
    private interface Statements {
        Optional<LogicalPlan> plan(Reading statement, ParserInterface next) throws ParseException;
    }

    private static final List<Statements> STATEMENTS = List.of(
            CatalogStatements::plan,
            ConstraintStatements::plan,
            CloneStatement::plan,
            CopyStatement::plan,
            TableStatements::plan,
            Absent::plan);
    /** Delta looks for names of less than three parts in Spark's own catalog only, whatever the current one is. */
    private static final Caller FOR_NAME = new Caller("io.delta.tables.DeltaTable$", "forName", 6);

    /** Delta takes the name of a table that it makes for one of Spark's own catalog while it looks whether it is a path. */
    private static final Caller BUILDER = new Caller("io.delta.tables.DeltaTableBuilder", "execute", 12);

    private final ParserInterface next;

    DialectParser(ParserInterface next) {
        this.next = next;
    }

    @Override
    public LogicalPlan parsePlan(String text) throws ParseException {
        var reading = new Reading(text);
        for (Statements statements : STATEMENTS) {
            reading.back(0);
            Optional<LogicalPlan> plan = statements.plan(reading, next);
            if (plan.isPresent()) {
                return plan.get();
            }
        }
        String written = Rewriting.of(Constraints.asProperties(text));
        if (written.equals(text)) {
            return next.parsePlan(text);
        }
        try {
            return next.parsePlan(written);
        } catch (ParseException e) {
            // The error is told in the user's own words; and what looked like ours may be Spark's.
            return next.parsePlan(text);
        }
    }

    @Override
    public LogicalPlan parseQuery(String text) throws ParseException {
        return next.parseQuery(Rewriting.of(text));
    }

    @Override
    public Expression parseExpression(String text) throws ParseException {
        return next.parseExpression(Rewriting.of(text));
    }

    @Override
    public TableIdentifier parseTableIdentifier(String text) throws ParseException {
        Seq<String> parts = next.parseMultipartIdentifier(text);
        return parts.length() == 3 && BUILDER.asked()
                ? new TableIdentifier(parts.apply(2), Option.apply(parts.apply(1)), Option.apply(parts.apply(0)))
                : next.parseTableIdentifier(text);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
        return next.parseFunctionIdentifier(text);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
        Seq<String> parts = next.parseMultipartIdentifier(text);
        return parts.length() < 3 && FOR_NAME.asked() ? CurrentNames.full(parts) : parts;
    }

    @Override
    public StructType parseRoutineParam(String text) throws ParseException {
        return next.parseRoutineParam(text);
    }

    @Override
    public DataType parseDataType(String text) throws ParseException {
        return next.parseDataType(text);
    }

    @Override
    public StructType parseTableSchema(String text) throws ParseException {
        return next.parseTableSchema(text);
    }
}
