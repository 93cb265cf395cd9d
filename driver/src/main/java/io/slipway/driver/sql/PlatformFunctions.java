package io.slipway.driver.sql;

import io.unitycatalog.slipway.SessionCatalogs;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.VariantType;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;

/** Functions of the dialect that Spark has not, or has under another name. */
final class PlatformFunctions {
    /** Reads a path in a text of JSON or in a variant: what {@code column:path} means. */
    static final String PATH = "slipway_path";

    /** Makes the expression of a call. */
    @FunctionalInterface
    private interface Call {
        Expression of(List<Expression> arguments);
    }

    private PlatformFunctions() {}

    static void addTo(SparkSessionExtensions extensions) {
        add(extensions, PATH, 2, 2, arguments -> path(arguments.get(0), arguments.get(1)));
        add(extensions, "iff", 3, 3, arguments -> spark("if", arguments));
        add(extensions, "getdate", 0, 0, arguments -> spark("now", arguments));
        add(extensions, "charindex", 2, 3, arguments -> spark("locate", arguments));
        add(extensions, "is_member", 1, 1, arguments -> member(arguments.get(0)));
        add(extensions, "is_account_group_member", 1, 1, arguments -> member(arguments.get(0)));
        add(extensions, "current_metastore", 0, 0, arguments -> text(catalogs().metastore()));
        add(extensions, "current_version", 0, 0, arguments -> version());
    }

    private static void add(SparkSessionExtensions extensions, String name, int least, int most, Call call) {
        extensions.injectFunction(new Tuple3<>(
                new FunctionIdentifier(name),
                new ExpressionInfo(PlatformFunctions.class.getName(), name),
                arguments -> {
                    List<Expression> list = CollectionConverters.asJava(arguments);
                    if (list.size() < least || list.size() > most) {
                        throw new SqlRefusal(
                                "WRONG_NUM_ARGS",
                                name + " takes " + (least == most ? least : least + " to " + most) + " arguments, not "
                                        + list.size());
                    }
                    return call.of(list);
                }));
    }

    private static SessionCatalogs catalogs() {
        return SessionCatalogs.of(SparkSession.active());
    }

    private static Expression spark(String name, List<Expression> arguments) {
        return (Expression) FunctionRegistry$.MODULE$
                .builtin()
                .lookupFunction(
                        new FunctionIdentifier(name),
                        CollectionConverters.asScala(arguments).toSeq());
    }

    private static Literal text(String value) {
        return Literal$.MODULE$.apply(value);
    }

    private static Expression path(Expression value, Expression path) {
        if (value.dataType() instanceof VariantType) {
            return spark("variant_get", List.of(value, path, text("variant")));
        }
        if (value.dataType() instanceof StringType || value.dataType() instanceof NullType) {
            return spark("get_json_object", List.of(value, path));
        }
        throw new SqlRefusal(
                "DATATYPE_MISMATCH",
                "a path after a colon reads a text of JSON or a variant, not "
                        + value.dataType().sql());
    }

    private static Expression member(Expression group) {
        List<Expression> groups = catalogs().groups().stream()
                .map(name -> (Expression) text(name))
                .toList();
        Expression all = groups.isEmpty()
                ? Literal$.MODULE$.create(
                        List.of().toArray(new String[0]), DataTypes.createArrayType(DataTypes.StringType))
                : spark("array", groups);
        return spark("array_contains", List.of(all, group));
    }

    private static Expression version() {
        Expression none = Literal$.MODULE$.create(null, DataTypes.StringType);
        return spark(
                "named_struct",
                List.of(
                        text("dbr_version"),
                        text(SessionCatalogs.runtimeVersion()),
                        text("dbsql_version"),
                        none,
                        text("u_build_hash"),
                        none,
                        text("r_build_hash"),
                        none));
    }
}
