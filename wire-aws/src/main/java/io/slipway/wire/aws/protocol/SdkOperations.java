package io.slipway.wire.aws.protocol;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * The operations of a service, found in the interface of the SDK's client for it. What the SDK knows of an operation beside its records
 * stands in the class that writes its requests; those classes are loaded when they are asked for, since a service may have hundreds.
 */
public final class SdkOperations {
    private static final String REQUEST = "Request";

    private final Class<?> client;
    private final Map<String, Class<?>> requests = new HashMap<>();
    private final Map<String, Method> methods = new HashMap<>();
    private final Map<Class<?>, Optional<Named>> known = new ConcurrentHashMap<>();

    /**
     * @param method empty: it streams, and has no method with one argument
     */
    public record Named(Operation operation, Optional<Method> method) {}

    /** @param client an interface such as {@code IamClient} */
    public SdkOperations(Class<?> client) {
        this.client = client;
        for (Method method : client.getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            if (parameters.length > 0 && SdkRequest.class.isAssignableFrom(parameters[0])) {
                String name = parameters[0].getSimpleName();
                String key = key(name.substring(0, name.length() - REQUEST.length()));
                requests.put(key, parameters[0]);
                if (parameters.length == 1 && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
                    methods.put(key, method);
                }
            }
        }
    }

    public Class<?> client() {
        return client;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** By its name on the wire. Empty: the service does not have it. */
    public Optional<Named> find(String name) {
        return Optional.ofNullable(requests.get(key(name)))
                .flatMap(this::known)
                .filter(found -> found.operation().name().equals(name));
    }

    public List<Operation> all() {
        return requests.values().stream()
                .flatMap(request -> known(request).stream())
                .map(Named::operation)
                .toList();
    }

    private Optional<Named> known(Class<?> request) {
        return known.computeIfAbsent(request, this::load);
    }

    private Optional<Named> load(Class<?> request) {
        String name = request.getSimpleName();
        String room = request.getPackageName();
        String marshaller = room.substring(0, room.lastIndexOf('.')) + ".transform." + name + "Marshaller";
        try {
            Field field =
                    Class.forName(marshaller, true, client.getClassLoader()).getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            OperationInfo info = (OperationInfo) field.get(null);
            Method builder = request.getMethod("builder");
            String sdkName = name.substring(0, name.length() - REQUEST.length());
            Operation operation = new Operation(
                    Optional.ofNullable(info.operationIdentifier())
                            .map(text -> text.substring(text.lastIndexOf('.') + 1))
                            .orElse(sdkName),
                    () -> made(builder),
                    Optional.of(new Operation.Binding(info.httpMethod().name(), UriTemplate.of(info.requestUri()))));
            return Optional.of(new Named(operation, Optional.ofNullable(methods.get(key(sdkName)))));
        } catch (ClassNotFoundException e) {
            // The SDK's own, with no request on the wire.
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SDK tells of its operations in another way: " + marshaller, e);
        }
    }

    private static SdkPojo made(Method builder) {
        try {
            return (SdkPojo) builder.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an exception says that nobody has implemented the method: the interface itself has thrown it. */
    public boolean unimplemented(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure instanceof UnsupportedOperationException
                && stack.length > 0
                && stack[0].getClassName().equals(client.getName());
    }

    /** Calls it. What the service throws is thrown. */
    public static SdkPojo call(Method method, Object service, Object request) {
        try {
            return (SdkPojo) method.invoke(service, request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
