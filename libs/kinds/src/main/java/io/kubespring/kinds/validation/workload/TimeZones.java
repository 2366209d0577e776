package io.kubespring.kinds.validation.workload;

import java.time.ZoneId;
import java.util.Set;

/** The time zones that have a name in the IANA database; Java knows offsets such as "UTC+2" besides, which are none. */
final class TimeZones {

    /** Names of the database that Java keeps among its abbreviations. */
    private static final Set<String> FIXED = Set.of("EST", "HST", "MST");

    private TimeZones() {}

    static boolean isKnown(String name) {
        return FIXED.contains(name)
                || !name.startsWith("SystemV/") && ZoneId.getAvailableZoneIds().contains(name);
    }
}
