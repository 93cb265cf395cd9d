package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.connector.catalog.V1Table;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's own record of a table, out of the catalog's answer. Its two case classes gain fields with every minor version, so
 * they are made by reflection: what we know is set by position, the rest by their own defaults.
 */
final class V1Tables {
    private static final int OPTIONS = 5;
    private static final int STORAGE = 2;
    private static final int SCHEMA = 3;
    private static final int PROVIDER = 4;
    private static final int PARTITIONS = 5;
    private static final int OWNER = 7;
    private static final int PROPERTIES = 11;
    private static final int COMMENT = 14;

    private V1Tables() {}

    static V1Table of(String catalog, String schema, JsonNode table) {
        var storage = new HashMap<Integer, Object>();
        String location = table.path("storage_location").asText("");
        storage.put(0, location.isEmpty() ? Option.empty() : Option.apply(uri(location)));
        var fields = new HashMap<Integer, Object>();
        fields.put(0, new TableIdentifier(table.path("name").asText(), Option.apply(schema), Option.apply(catalog)));
        fields.put(
                1,
                "MANAGED".equals(table.path("table_type").asText())
                        ? CatalogTableType.MANAGED()
                        : CatalogTableType.EXTERNAL());
        var options = new HashMap<String, String>();
        var properties = new HashMap<String, String>();
        properties(table).forEach((key, value) -> {
            if (key.startsWith(Metastore.OPTION)) {
                options.put(key.substring(Metastore.OPTION.length()), value);
            } else {
                properties.put(key, value);
            }
        });
        storage.put(OPTIONS, immutable(options));
        fields.put(STORAGE, make(CatalogStorageFormat.class, storage));
        fields.put(SCHEMA, Columns.toSpark(table));
        fields.put(
                PROVIDER,
                Option.apply(table.path("data_source_format").asText("DELTA").toLowerCase(Locale.ROOT)));
        fields.put(PARTITIONS, seq(Columns.partitions(table)));
        fields.put(OWNER, table.path("owner").asText(""));
        fields.put(PROPERTIES, immutable(properties));
        fields.put(
                COMMENT,
                table.hasNonNull("comment") ? Option.apply(table.path("comment").asText()) : Option.empty());
        return new V1Table((CatalogTable) make(CatalogTable.class, fields));
    }

    static Map<String, String> properties(JsonNode table) {
        var properties = new HashMap<String, String>();
        table.path("properties")
                .properties()
                .forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
        return properties;
    }

    private static URI uri(String location) {
        return location.startsWith("/") ? new java.io.File(location).toURI() : URI.create(location);
    }

    private static Object make(Class<?> type, Map<Integer, Object> known) {
        try {
            Constructor<?> constructor = type.getConstructors()[0];
            Class<?>[] parameters = constructor.getParameterTypes();
            var values = new Object[parameters.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = known.containsKey(i) ? known.get(i) : defaultOf(type, i, parameters[i]);
            }
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Spark version's " + type.getSimpleName() + " is not known", e);
        }
    }

    private static Object defaultOf(Class<?> type, int index, Class<?> parameter) throws ReflectiveOperationException {
        try {
            Method method = type.getMethod("$lessinit$greater$default$" + (index + 1));
            return method.invoke(null);
        } catch (NoSuchMethodException noDefault) {
            if (parameter == boolean.class) {
                return false;
            }
            if (parameter == scala.collection.immutable.Map.class) {
                return immutable(Map.of());
            }
            return parameter == StructType.class ? new StructType() : Option.empty();
        }
    }

    private static scala.collection.immutable.Seq<String> seq(List<String> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    private static scala.collection.immutable.Map<String, String> immutable(Map<String, String> map) {
        return Map$.MODULE$.from(CollectionConverters.asScala(map));
    }
}
