package io.bootgate.server;

import java.util.ArrayList;
import java.util.List;

/** Options in the words of a command line. */
public final class CommandOptions {
    private CommandOptions() {}

    /** Values of an option in all its spellings: {@code -b X}, {@code -bX}, {@code --bind X}, {@code --bind=X}. */
    public static List<String> values(List<String> words, String... options) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            for (String option : options) {
                if (word.equals(option)) {
                    if (i + 1 < words.size()) {
                        values.add(words.get(i + 1));
                    }
                } else if (option.startsWith("--")
                        ? word.startsWith(option + "=")
                        : word.startsWith(option) && !word.startsWith("--")) {
                    String value = word.substring(option.length());
                    values.add(value.startsWith("=") ? value.substring(1) : value);
                }
            }
        }
        return values;
    }
}
