package io.kubespring.testing.fuzz;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Runs a property on many inputs and, where it fails, names the seed that gives the input again. */
public final class Fuzz {

    private Fuzz() {}

    /** How many inputs: the default, multiplied by the system property {@code fuzz.factor}. */
    public static int runs(int standard) {
        return Math.max(1, (int) (standard * Double.parseDouble(System.getProperty("fuzz.factor", "1"))));
    }

    /** @param input of a seed */
    public static <T> void seeds(int runs, LongFunction<T> input, Consumer<T> property) {
        for (long seed = 0; seed < runs(runs); seed++) {
            T each = input.apply(seed);
            try {
                property.accept(each);
            } catch (AssertionError | RuntimeException | StackOverflowError failure) {
                throw new AssertionError(String.format(Locale.ROOT, "seed %d: <%s>", seed, each), failure);
            }
        }
    }
}
