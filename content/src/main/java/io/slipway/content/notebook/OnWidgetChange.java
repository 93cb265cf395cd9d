package io.slipway.content.notebook;

import io.slipway.kit.PlatformException;
import java.util.Arrays;
import java.util.Locale;

/** What happens when somebody gives a widget another value. */
public enum OnWidgetChange {
    /** The cells that read the widget run, in their order. */
    CELLS,
    /** The whole notebook runs. */
    NOTEBOOK,
    /** Nothing runs: cells read the value when they are run next. */
    NOTHING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OnWidgetChange ofWord(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid(
                        "On a change of a widget run 'cells', the 'notebook' or 'nothing', not '" + word + "'."));
    }
}
