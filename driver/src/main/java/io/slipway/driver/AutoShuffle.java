package io.slipway.driver;

import java.lang.reflect.Field;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/**
 * Has Spark take {@code auto} for {@code spark.sql.shuffle.partitions}, as many notebooks and clusters say it: the platform's own
 * number, from which Spark itself makes fewer partitions where there is little data. The setting is read in many places and by every
 * language, so it is the one entry of Spark's table of settings that learns the word.
 */
final class AutoShuffle {
    private AutoShuffle() {}

    /** @param partitions that {@code auto} stands for */
    static void allow(int partitions) {
        ConfigEntry<?> entry = SQLConf.SHUFFLE_PARTITIONS();
        try {
            Field field = ConfigEntry.class.getDeclaredField("valueConverter");
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Function1<String, Object> before = (Function1<String, Object>) field.get(entry);
            field.set(entry, new Converter(before, partitions));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Spark reads its settings in another way", e);
        }
    }

    /** Knows one word more than Spark's own. */
    private static final class Converter extends AbstractFunction1<String, Object> {
        private final Function1<String, Object> numbers;
        private final int partitions;

        Converter(Function1<String, Object> numbers, int partitions) {
            this.numbers = numbers;
            this.partitions = partitions;
        }

        @Override
        public Object apply(String text) {
            return text.strip().equalsIgnoreCase("auto") ? (Object) partitions : numbers.apply(text);
        }
    }
}
