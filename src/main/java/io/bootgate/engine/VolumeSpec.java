package io.bootgate.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A volume to be made.
 *
 * @param files content in base64 by the path in it
 * @param openToAll whether every user may write into it, else root alone
 */
public record VolumeSpec(Map<String, String> files, boolean openToAll) {
    public VolumeSpec {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Never tells what is in the files. */
    @Override
    public String toString() {
        return "VolumeSpec[files=%s, openToAll=%s]".formatted(files.keySet(), openToAll);
    }
}
