package io.slipway.content.notebook;

import java.util.List;

/**
 * An input of the notebook, as its code declared it.
 *
 * @param type text, dropdown, combobox or multiselect
 * @param value of a multiselect: the chosen ones, joined by commas
 */
public record Widget(String type, String name, String label, String defaultValue, String value, List<String> choices) {
    public Widget {
        choices = List.copyOf(choices);
    }

    Widget with(String newValue) {
        return new Widget(type, name, label, defaultValue, newValue, choices);
    }
}
