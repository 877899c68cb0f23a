package io.bootgate.resource;

import java.util.Locale;

/** Amounts in words. */
final class Amount {
    private static final double MIB = 1 << 20;

    private Amount() {}

    /** {@code 214 MiB}, {@code 1.5 GiB}. */
    static String memory(long bytes) {
        double mib = bytes / MIB;
        if (mib >= 1024) {
            String gib = String.format(Locale.ROOT, "%.1f", mib / 1024);
            return (gib.endsWith(".0") ? gib.substring(0, gib.length() - 2) : gib) + " GiB";
        }
        return String.format(Locale.ROOT, mib < 10 ? "%.1f MiB" : "%.0f MiB", mib);
    }

    /** {@code 1 CPU}, {@code 0.5 CPUs}. */
    static String cpus(long thousandths) {
        String number = String.format(Locale.ROOT, "%.3f", thousandths / 1000.0).replaceFirst("\\.?0+$", "");
        return number + (thousandths == 1000 ? " CPU" : " CPUs");
    }
}
