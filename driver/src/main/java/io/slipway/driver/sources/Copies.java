package io.slipway.driver.sources;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;

/** Copies a case class of Spark whose fields, or whose package, are not the same in all versions of it. */
final class Copies {
    private Copies() {}

    /** @param changes new values by the place of the field, from 1 on */
    static Object of(Object original, Map<Integer, Object> changes) {
        Method copy = Arrays.stream(original.getClass().getMethods())
                .filter(method -> method.getName().equals("copy") && method.getParameterCount() > 0)
                .findFirst()
                .orElseThrow();
        var values = new Object[copy.getParameterCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = changes.containsKey(i + 1) ? changes.get(i + 1) : get(original, "copy$default$" + (i + 1));
        }
        return call(copy, original, values);
    }

    static Object get(Object of, String name) {
        try {
            return call(of.getClass().getMethod(name), of);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Method method, Object of, Object... values) {
        try {
            return method.invoke(of, values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
