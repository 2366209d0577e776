package io.kubespring.api.time;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Where all code takes randomness from (keys and tokens use {@link java.security.SecureRandom} directly). */
public final class RandomSource {

    /** Upstream's alphabet for generated names: no vowels, nothing easily confused. */
    private static final String SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private final RandomGenerator generator;

    public RandomSource(RandomGenerator generator) {
        this.generator = generator;
    }

    /** Unpredictable, shared, safe for threads. */
    public static RandomSource system() {
        return new RandomSource(new java.security.SecureRandom());
    }

    /** Cheap, shared, safe for threads; not for what nobody may guess. */
    public static RandomSource ids() {
        return new RandomSource(() -> ThreadLocalRandom.current().nextLong());
    }

    /** The same sequence for the same seed; not safe for threads. */
    public static RandomSource seeded(long seed) {
        return new RandomSource(new java.util.SplittableRandom(seed));
    }

    public long nextLong() {
        return generator.nextLong();
    }

    /** Uniform in [0, bound). */
    public int nextInt(int bound) {
        return generator.nextInt(bound);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return generator.nextDouble();
    }

    /** A version 4 UUID. */
    public UUID uuid() {
        long high = generator.nextLong() & ~0xF000L | 0x4000L;
        long low = generator.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The suffix that {@code generateName} appends. */
    public String nameSuffix(int length) {
        var suffix = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            suffix.append(SUFFIX_ALPHABET.charAt(generator.nextInt(SUFFIX_ALPHABET.length())));
        }
        return suffix.toString();
    }
}
