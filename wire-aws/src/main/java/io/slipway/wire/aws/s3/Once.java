package io.slipway.wire.aws.s3;

import java.util.Optional;
import java.util.function.Supplier;

/** Something that is made when it is first wanted. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile Optional<T> made = Optional.empty();

    private Once(Supplier<T> maker) {
        this.maker = maker;
    }

    static <T> Once<T> of(Supplier<T> maker) {
        return new Once<>(maker);
    }

    @Override
    public T get() {
        Optional<T> known = made;
        return known.isPresent() ? known.get() : make();
    }

    private synchronized T make() {
        if (made.isEmpty()) {
            made = Optional.of(maker.get());
        }
        return made.get();
    }
}
