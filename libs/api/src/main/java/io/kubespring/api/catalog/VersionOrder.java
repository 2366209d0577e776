package io.kubespring.api.catalog;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version priority as Kubernetes sorts it: v2, v1, v2beta1, v1beta2, v1alpha1, then anything else by name. */
public final class VersionOrder {

    /** Preferred first. */
    public static final Comparator<String> COMPARATOR = Comparator.comparing(
                    VersionOrder::parse, Comparator.reverseOrder())
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

    private record Rank(int stability, int major, int minor) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return Comparator.comparingInt(Rank::stability)
                    .thenComparingInt(Rank::major)
                    .thenComparingInt(Rank::minor)
                    .compare(this, other);
        }
    }

    private VersionOrder() {}

    /** Whether the version is generally available ("v1"), not alpha or beta. */
    public static boolean generallyAvailable(String version) {
        return parse(version).stability() == 3;
    }

    private static Rank parse(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return new Rank(0, 0, 0);
        }
        int major = Integer.parseInt(matcher.group(1));
        if (matcher.group(2) == null) {
            return new Rank(3, major, 0);
        }
        return new Rank(matcher.group(2).equals("beta") ? 2 : 1, major, Integer.parseInt(matcher.group(3)));
    }
}
