package io.slipway.conformance;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Puts classes that make a cluster last. Only one of them runs at a time on a machine, and those of the module beside this one run at the
 * beginning, so that nobody waits.
 */
final class ClustersLast implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(ClustersLast::makesOne));
    }

    private static boolean makesOne(ClassDescriptor descriptor) {
        return descriptor.findRepeatableAnnotations(ExtendWith.class).stream()
                .flatMap(each -> Stream.of(each.value()))
                .anyMatch(OneMoreCluster.class::equals);
    }
}
