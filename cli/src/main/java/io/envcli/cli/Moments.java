package io.envcli.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Times as they are shown: to a person in local time, to a script in UTC. */
final class Moments {
    private Moments() {}

    /**
     * A time for a person.
     *
     * @param time any.
     * @return such as {@code 2026-11-23 14:30:05}, in the zone of this process.
     */
    static String shown(final Instant time) {
        final String text = time.atZone(ZoneId.systemDefault()).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS)
                .toString();
        return (text.length() == "2026-11-23T14:30".length() ? text + ":00" : text).replace('T', ' ');
    }
}
