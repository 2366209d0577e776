package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.Plugin;

/** Brings scores of any range to 0…100. */
final class Scores {

    private Scores() {}

    /** The largest becomes 100. */
    static void scaleUp(long[] scores) {
        long largest = largest(scores);
        if (largest > 0) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = scores[i] * Plugin.Score.MAX / largest;
            }
        }
    }

    /** The largest becomes 0; all are 100 where there is nothing to tell apart. */
    static void scaleDown(long[] scores) {
        long largest = largest(scores);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = largest == 0 ? Plugin.Score.MAX : Plugin.Score.MAX - scores[i] * Plugin.Score.MAX / largest;
        }
    }

    private static long largest(long[] scores) {
        long largest = 0;
        for (long each : scores) {
            largest = Math.max(largest, each);
        }
        return largest;
    }
}
