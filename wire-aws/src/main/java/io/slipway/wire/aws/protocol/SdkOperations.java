package io.slipway.wire.aws.protocol;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * The operations of a service, found in the interface of the SDK's client for it. What the SDK knows of an operation beside its records
 * stands in the class that writes its requests; those classes are loaded when they are asked for, since a service may have hundreds.
 */
public final class SdkOperations {
    private static final String REQUEST = "Request";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,128}");
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final Class<?> client;
    private final Map<String, Named> known = new ConcurrentHashMap<>();
    private volatile Optional<Map<String, Class<?>>> requests = Optional.empty();

    /** @param method empty: it streams, and has no method with one argument */
    public record Named(Operation operation, Optional<MethodHandle> method) {}

    /** @param client an interface such as {@code IamClient} */
    public SdkOperations(Class<?> client) {
        this.client = client;
    }

    /** By its name on the wire. Empty: the service does not have it. */
    public Optional<Named> find(String name) {
        Optional<Named> found = Optional.ofNullable(known.get(name));
        if (found.isEmpty() && NAME.matcher(name).matches()) {
            // To ask an interface for all its methods loads thousands of classes; most operations are found without.
            found = model(name + REQUEST)
                    .or(() -> Optional.ofNullable(requests().get(key(name))))
                    .flatMap(this::load)
                    .filter(each -> each.operation().name().equals(name));
            found.ifPresent(each -> known.put(name, each));
        }
        return found;
    }

    public List<Operation> all() {
        return requests().values().stream()
                .flatMap(request -> load(request).stream())
                .map(Named::operation)
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Optional<Class<?>> model(String name) {
        try {
            return Optional.of(
                    Class.forName(client.getPackageName() + ".model." + name, true, client.getClassLoader()));
        } catch (ClassNotFoundException | NoClassDefFoundError other) {
            return Optional.empty();
        }
    }

    /** The records of all requests, by the names of their operations in small letters. */
    private Map<String, Class<?>> requests() {
        Optional<Map<String, Class<?>>> all = requests;
        if (all.isEmpty()) {
            Map<String, Class<?>> found = new HashMap<>();
            for (Method method : client.getMethods()) {
                Class<?>[] parameters = method.getParameterTypes();
                if (parameters.length > 0 && SdkRequest.class.isAssignableFrom(parameters[0])) {
                    found.put(key(operation(parameters[0])), parameters[0]);
                }
            }
            all = Optional.of(Map.copyOf(found));
            requests = all;
        }
        return all.get();
    }

    /** As the SDK spells it. */
    private static String operation(Class<?> request) {
        String name = request.getSimpleName();
        return name.substring(0, name.length() - REQUEST.length());
    }

    private Optional<Named> load(Class<?> request) {
        String room = request.getPackageName();
        String marshaller =
                room.substring(0, room.lastIndexOf('.')) + ".transform." + request.getSimpleName() + "Marshaller";
        try {
            Field field =
                    Class.forName(marshaller, true, client.getClassLoader()).getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            OperationInfo info = (OperationInfo) field.get(null);
            Method builder = request.getMethod("builder");
            Operation operation = new Operation(
                    Optional.ofNullable(info.operationIdentifier())
                            .map(text -> text.substring(text.lastIndexOf('.') + 1))
                            .orElse(operation(request)),
                    () -> made(builder),
                    Optional.of(new Operation.Binding(info.httpMethod().name(), UriTemplate.of(info.requestUri()))));
            return Optional.of(new Named(operation, method(request)));
        } catch (ClassNotFoundException e) {
            // The SDK's own, with no request on the wire.
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SDK tells of its operations in another way: " + marshaller, e);
        }
    }

    private Optional<MethodHandle> method(Class<?> request) throws IllegalAccessException {
        String sdkName = operation(request);
        String name = sdkName.substring(0, 1).toLowerCase(Locale.ROOT) + sdkName.substring(1);
        Optional<Class<?>> response = model(sdkName + "Response");
        if (response.isEmpty()) {
            return Optional.empty();
        }
        MethodType type = MethodType.methodType(response.get(), request);
        try {
            return Optional.of(LOOKUP.findVirtual(client, name, type));
        } catch (NoSuchMethodException streamsOrIsSpeltOtherwise) {
            return spelt(name, type);
        }
    }

    /** Some methods are not spelt as their records are: {@code listOpenIDConnectProviders}. */
    private Optional<MethodHandle> spelt(String name, MethodType type) throws IllegalAccessException {
        for (Method method : client.getMethods()) {
            if (method.getName().equalsIgnoreCase(name)
                    && Arrays.equals(method.getParameterTypes(), type.parameterArray())
                    && method.getReturnType() == type.returnType()) {
                return Optional.of(LOOKUP.unreflect(method));
            }
        }
        return Optional.empty();
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
    public static SdkPojo call(MethodHandle method, Object service, Object request) {
        try {
            return (SdkPojo) method.invoke(service, request);
        } catch (RuntimeException | Error told) {
            throw told;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        }
    }
}
