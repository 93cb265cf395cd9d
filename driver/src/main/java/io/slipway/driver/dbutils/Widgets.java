package io.slipway.driver.dbutils;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.Mime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import scala.jdk.javaapi.CollectionConverters;

/** Input widgets of a notebook. A value given with the run wins over the default that the notebook's code names. */
public final class Widgets {
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Map<String, String> arguments;
    private final Supplier<Frames> output;

    public Widgets(Map<String, String> arguments, Supplier<Frames> output) {
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

    private void define(String type, String name, String defaultValue, List<String> choices, String label) {
        String value;
        synchronized (this) {
            defaults.put(name, defaultValue);
            value = arguments.getOrDefault(name, defaultValue);
        }
        ObjectNode frame = Json.object()
                .put("action", "create")
                .put("type", type)
                .put("name", name)
                .put("label", label)
                .put("defaultValue", defaultValue)
                .put("value", value);
        var list = frame.putArray("choices");
        choices.forEach(list::add);
        output.get().display(Mime.WIDGET, frame);
    }

    public synchronized String get(String name) {
        String value = arguments.get(name);
        if (value == null) {
            value = defaults.get(name);
        }
        if (value == null) {
            throw new NoSuchElementException("InputWidgetNotDefined: no input widget named " + name + " is defined");
        }
        return value;
    }

    /** The older call: the value, or {@code defaultValue} where there is none. */
    public synchronized String getArgument(String name, String defaultValue) {
        return all().getOrDefault(name, defaultValue);
    }

    public Map<String, String> getAll() {
        return all();
    }

    public synchronized Map<String, String> all() {
        var values = new LinkedHashMap<>(defaults);
        values.putAll(arguments);
        return values;
    }

    public void remove(String name) {
        synchronized (this) {
            defaults.remove(name);
        }
        output.get().display(Mime.WIDGET, Json.object().put("action", "remove").put("name", name));
    }

    public void removeAll() {
        synchronized (this) {
            defaults.clear();
        }
        output.get().display(Mime.WIDGET, Json.object().put("action", "removeAll"));
    }

    /** Exactly these values are given now: the user may have changed some in the notebook's bar, and code taken others away. */
    public synchronized void set(Map<String, String> values) {
        arguments.clear();
        arguments.putAll(values);
    }

    /** The user changed values in the notebook's bar, or a run brought its parameters. */
    public synchronized void assign(Map<String, String> values) {
        arguments.putAll(values);
    }
}
