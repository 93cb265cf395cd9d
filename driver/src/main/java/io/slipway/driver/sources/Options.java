package io.slipway.driver.sources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap$;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Options of a source; their names are the same in small and in capital letters. */
record Options(CaseInsensitiveMap<String> map) {
    static final String BAD_RECORDS_PATH = "badRecordsPath";
    static final String RESCUED_DATA_COLUMN = "rescuedDataColumn";
    /** Set by Auto Loader and read_files: columns of a CSV file with a header are found by their names. */
    static final String BY_NAME = "slipway.columnsByName";

    static Options of(scala.collection.immutable.Map<String, String> options) {
        return new Options(CaseInsensitiveMap$.MODULE$.apply(options));
    }

    static scala.collection.immutable.Map<String, String> scala(Map<String, String> options) {
        return Map$.MODULE$.from(CollectionConverters.asScala(options));
    }

    Optional<String> get(String name) {
        return OptionConverters.toJava(map.get(name)).filter(value -> !value.isBlank());
    }

    boolean flag(String name, boolean otherwise) {
        return get(name)
                .map(value -> switch (value.strip().toLowerCase(java.util.Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new SourceRefusal("INVALID_OPTION", name + " is true or false, not " + value);
                })
                .orElse(otherwise);
    }

    /** As they were written. */
    Map<String, String> written() {
        return new LinkedHashMap<>(CollectionConverters.asJava(map.originalMap()));
    }
}
