package io.kubespring.kubelet.config;

import java.time.Duration;

/**
 * Pulling and collecting images.
 *
 * @param imageGcHighThresholdPercent disk usage that starts a collection
 * @param imageGcLowThresholdPercent disk usage that ends it
 * @param imageMinimumGcAge younger images are spared
 */
public record ImageSettings(
        boolean serializeImagePulls,
        int imageGcHighThresholdPercent,
        int imageGcLowThresholdPercent,
        Duration imageMinimumGcAge) {

    public static ImageSettings defaults() {
        return new ImageSettings(true, 85, 80, Duration.ofMinutes(2));
    }
}
