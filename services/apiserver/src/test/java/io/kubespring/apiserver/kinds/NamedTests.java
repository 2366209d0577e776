package io.kubespring.apiserver.kinds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every test of this module that says {@link Covers}. */
final class NamedTests {

    /** @param test "SubresourcesTest.aPodIsBoundOnce" */
    record Named(String resource, String subresource, String test) {}

    private NamedTests() {}

    static List<Named> find() {
        List<Named> found = new ArrayList<>();
        try {
            Path root = Path.of(NamedTests.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                files.map(each -> root.relativize(each).toString())
                        .filter(each -> each.endsWith("Test.class"))
                        .sorted()
                        .forEach(each -> ofClass(
                                each.substring(0, each.length() - ".class".length())
                                        .replace('/', '.'),
                                found));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static void ofClass(String name, List<Named> found) {
        try {
            Class<?> type = Class.forName(name, false, NamedTests.class.getClassLoader());
            Stream.of(type.getDeclaredMethods())
                    .sorted(java.util.Comparator.comparing(Method::getName))
                    .forEach(method -> {
                        for (Covers covers : method.getAnnotationsByType(Covers.class)) {
                            found.add(new Named(
                                    covers.resource(),
                                    covers.subresource(),
                                    type.getSimpleName() + "." + method.getName()));
                        }
                    });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
