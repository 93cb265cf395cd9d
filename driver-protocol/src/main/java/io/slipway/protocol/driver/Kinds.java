package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;

/**
 * How the kinds of a sealed type are told apart in JSON.
 *
 * @param field of the object that names its kind
 * @param names of the kinds
 */
public record Kinds(Class<?> type, String field, Map<String, Class<?>> names) {
    public static final List<Kinds> ALL = List.of(
            new Kinds(
                    Frame.class,
                    "type",
                    Map.of(
                            "stream", Frame.Stream.class,
                            "display_data", Frame.DisplayData.class,
                            "execute_result", Frame.ExecuteResult.class,
                            "update_display_data", Frame.UpdateDisplayData.class,
                            "error", Frame.Problem.class)),
            new Kinds(
                    CommandSpec.class,
                    "kind",
                    Map.of(
                            "code", CommandSpec.Code.class,
                            "python_file", CommandSpec.PythonFile.class,
                            "jar", CommandSpec.Jar.class,
                            "wheel", CommandSpec.Wheel.class)));
}
