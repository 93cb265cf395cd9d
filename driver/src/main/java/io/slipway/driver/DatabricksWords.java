package io.slipway.driver;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.OptionalConfigEntry;
import org.apache.spark.sql.delta.sources.DeltaSQLConf;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function1;
import scala.Option;
import scala.runtime.AbstractFunction1;

/**
 * Has Spark take values of its settings that only Databricks knows, as many notebooks and clusters say them. A setting is read in many
 * places and by every language, so it is the entry of Spark's own table of settings that learns the word.
 */
final class DatabricksWords {
    private static final String ROCKS_DB = "com.databricks.sql.streaming.state.RocksDBStateStoreProvider";
    private static final String SPARKS_ROCKS_DB =
            "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

    private DatabricksWords() {}

    /**
     * @param partitions what {@code auto} stands for as the number of shuffle partitions: the platform's own number, from which Spark
     *     itself makes fewer where there is little data
     */
    static void teach(int partitions) {
        teach(SQLConf.SHUFFLE_PARTITIONS(), Map.of("auto", partitions));
        teach(SQLConf.STATE_STORE_PROVIDER_CLASS(), Map.of(ROCKS_DB.toLowerCase(Locale.ROOT), SPARKS_ROCKS_DB));
        // On Databricks they say how large the files become; here that is what Delta thinks right.
        teachOptional(DeltaSQLConf.DELTA_AUTO_COMPACT_ENABLED(), Map.of("auto", "true", "legacy", "true"));
    }

    /** @param words in lower case */
    private static void teach(ConfigEntry<?> entry, Map<String, Object> words) {
        replace(entry, ConfigEntry.class, "valueConverter", words);
    }

    private static void teachOptional(OptionalConfigEntry<String> entry, Map<String, Object> words) {
        replace(entry, OptionalConfigEntry.class, "rawValueConverter", words);
        Map<String, Object> options = words.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Option.apply(each.getValue())));
        replace(entry, ConfigEntry.class, "valueConverter", options);
    }

    private static void replace(ConfigEntry<?> entry, Class<?> type, String converter, Map<String, Object> words) {
        try {
            Field field = type.getDeclaredField(converter);
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Function1<String, Object> before = (Function1<String, Object>) field.get(entry);
            field.set(entry, new Converter(before, words));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Spark reads its settings in another way", e);
        }
    }

    /** Knows a few words more than Spark's own. */
    private static final class Converter extends AbstractFunction1<String, Object> {
        private final Function1<String, Object> own;
        private final Map<String, Object> words;

        Converter(Function1<String, Object> own, Map<String, Object> words) {
            this.own = own;
            this.words = words;
        }

        @Override
        public Object apply(String text) {
            Object known = words.get(text.strip().toLowerCase(Locale.ROOT));
            return known == null ? own.apply(text) : known;
        }
    }
}
