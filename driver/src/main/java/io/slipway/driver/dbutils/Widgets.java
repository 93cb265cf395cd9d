package io.slipway.driver.dbutils;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.Mime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Input widgets of a notebook. A value given with the run wins over the default that the notebook's code names, and one that
 * {@code %run} gives wins over both until somebody changes the widget.
 */
public final class Widgets extends Part {
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Map<String, ObjectNode> declared = new LinkedHashMap<>();
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Map<String, String> arguments;
    private final Supplier<Frames> output;

    /** @param before what the run or the notebook's bar said when {@code %run} gave the value */
    private record Given(String value, Optional<String> before) {}

    public Widgets(Map<String, String> arguments, Supplier<Frames> output) {
        super("widgets");
        this.arguments = new LinkedHashMap<>(arguments);
        this.output = output;
    }

    public void text(String name, String defaultValue, String label) {
        define("text", name, defaultValue, List.of(), label);
    }

    public void text(String name, String defaultValue) {
        text(name, defaultValue, name);
    }

    public void dropdown(String name, String defaultValue, List<String> choices, String label) {
        if (!choices.contains(defaultValue)) {
            throw new IllegalArgumentException("the default of dropdown " + name + " is not among its choices");
        }
        define("dropdown", name, defaultValue, choices, label);
    }

    public void dropdown(String name, String defaultValue, scala.collection.Seq<String> choices) {
        dropdown(name, defaultValue, CollectionConverters.asJava(choices), name);
    }

    public void combobox(String name, String defaultValue, List<String> choices, String label) {
        define("combobox", name, defaultValue, choices, label);
    }

    public void combobox(String name, String defaultValue, scala.collection.Seq<String> choices) {
        combobox(name, defaultValue, CollectionConverters.asJava(choices), name);
    }

    public void multiselect(String name, String defaultValue, List<String> choices, String label) {
        define("multiselect", name, defaultValue, choices, label);
    }

    public void multiselect(String name, String defaultValue, scala.collection.Seq<String> choices) {
        multiselect(name, defaultValue, CollectionConverters.asJava(choices), name);
    }

    public void dropdown(String name, String defaultValue, scala.collection.Seq<String> choices, String label) {
        dropdown(name, defaultValue, CollectionConverters.asJava(choices), label);
    }

    public void combobox(String name, String defaultValue, scala.collection.Seq<String> choices, String label) {
        combobox(name, defaultValue, CollectionConverters.asJava(choices), label);
    }

    public void multiselect(String name, String defaultValue, scala.collection.Seq<String> choices, String label) {
        multiselect(name, defaultValue, CollectionConverters.asJava(choices), label);
    }

    /** A widget of the type that a statement names. */
    public void create(String type, String name, String defaultValue, List<String> choices, String label) {
        switch (type) {
            case "text" -> text(name, defaultValue, label);
            case "dropdown" -> dropdown(name, defaultValue, choices, label);
            case "combobox" -> combobox(name, defaultValue, choices, label);
            case "multiselect" -> multiselect(name, defaultValue, choices, label);
            default -> throw new IllegalArgumentException("there are no widgets of type " + type);
        }
    }

    private void define(String type, String name, String defaultValue, List<String> choices, String label) {
        ObjectNode frame = Json.object()
                .put("action", "create")
                .put("type", type)
                .put("name", name)
                .put("label", label)
                .put("defaultValue", defaultValue)
                .put("value", defaultValue);
        var list = frame.putArray("choices");
        choices.forEach(list::add);
        synchronized (this) {
            defaults.put(name, defaultValue);
            declared.put(name, frame);
        }
        show(name, frame);
    }

    private void show(String name, ObjectNode frame) {
        output.get().display(Mime.WIDGET, frame.deepCopy().put("value", get(name)));
    }

    /** {@code %run} gives these values to the notebook that it includes; the notebook's bar shows them if it has such widgets. */
    public void give(Map<String, String> values) {
        Map<String, ObjectNode> shown = new LinkedHashMap<>();
        synchronized (this) {
            values.forEach((name, value) -> {
                given.put(name, new Given(value, Optional.ofNullable(arguments.get(name))));
                ObjectNode frame = declared.get(name);
                if (frame != null) {
                    shown.put(name, frame);
                }
            });
        }
        shown.forEach(this::show);
    }

    public synchronized String get(String name) {
        String value = all().get(name);
        if (value == null) {
            throw new NoSuchElementException("InputWidgetNotDefined: no input widget named " + name + " is defined");
        }
        return value;
    }

    /** The older call: the value, or {@code defaultValue} where there is none. */
    public synchronized String getArgument(String name, String defaultValue) {
        return all().getOrDefault(name, defaultValue);
    }

    /** As Scala has it. */
    public scala.collection.immutable.Map<String, String> getAll() {
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(all()));
    }

    /** Scala writes {@code getAll("name")}. */
    public String getAll(String name) {
        return get(name);
    }

    /** The older call, where the widget has to be there. */
    public String getArgument(String name) {
        return get(name);
    }

    public synchronized Map<String, String> all() {
        var values = new LinkedHashMap<>(defaults);
        values.putAll(arguments);
        given.forEach((name, each) -> values.put(name, each.value()));
        return values;
    }

    public void remove(String name) {
        synchronized (this) {
            defaults.remove(name);
            declared.remove(name);
            given.remove(name);
        }
        output.get().display(Mime.WIDGET, Json.object().put("action", "remove").put("name", name));
    }

    public void removeAll() {
        synchronized (this) {
            defaults.clear();
            declared.clear();
            given.clear();
        }
        output.get().display(Mime.WIDGET, Json.object().put("action", "removeAll"));
    }

    /** Exactly these values are given now: the user may have changed some in the notebook's bar, and code taken others away. */
    public synchronized void set(Map<String, String> values) {
        given.entrySet().removeIf(each -> changed(each.getValue(), values.get(each.getKey())));
        arguments.clear();
        arguments.putAll(values);
    }

    /** The user changed values in the notebook's bar, or a run brought its parameters. */
    public synchronized void assign(Map<String, String> values) {
        given.entrySet()
                .removeIf(each ->
                        values.containsKey(each.getKey()) && changed(each.getValue(), values.get(each.getKey())));
        arguments.putAll(values);
    }

    private static boolean changed(Given given, @Nullable String now) {
        return !given.before().equals(Optional.ofNullable(now));
    }
}
