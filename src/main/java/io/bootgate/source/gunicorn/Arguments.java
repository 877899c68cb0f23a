package io.bootgate.source.gunicorn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gunicorn's command line.
 *
 * @param settings by their names in the configuration file; of a repeated one the last, but all of {@code bind}
 * @param app the words that are no options: the app's module, and old Paste options
 */
record Arguments(Map<String, List<String>> settings, List<String> app) {
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("-b", "bind"),
            Map.entry("-w", "workers"),
            Map.entry("-k", "worker_class"),
            Map.entry("-t", "timeout"),
            Map.entry("-c", "config"),
            Map.entry("-u", "user"),
            Map.entry("-g", "group"),
            Map.entry("-m", "umask"),
            Map.entry("-p", "pidfile"),
            Map.entry("-n", "proc_name"),
            Map.entry("-e", "raw_env"),
            Map.entry("-D", "daemon"),
            Map.entry("-R", "enable_stdio_inheritance"));
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("pid", "pidfile"),
            Map.entry("name", "proc_name"),
            Map.entry("env", "raw_env"),
            Map.entry("paste", "paste"),
            Map.entry("preload", "preload_app"),
            Map.entry("access_logfile", "accesslog"),
            Map.entry("error_logfile", "errorlog"),
            Map.entry("log_file", "errorlog"),
            Map.entry("log_level", "loglevel"),
            Map.entry("log_config", "logconfig"),
            Map.entry("keep_alive", "keepalive"),
            Map.entry("access_logformat", "access_log_format"),
            Map.entry("reload_extra_file", "reload_extra_files"));
    private static final Set<String> FLAGS = Set.of(
            "daemon",
            "preload_app",
            "reload",
            "spew",
            "check_config",
            "print_config",
            "capture_output",
            "no_sendfile",
            "reuse_port",
            "disable_redirect_access_to_syslog",
            "enable_stdio_inheritance",
            "log_syslog",
            "proxy_protocol",
            "initgroups",
            "do_handshake_on_connect",
            "suppress_ragged_eofs",
            "permit_obsolete_folding",
            "strip_header_spaces",
            "permit_unconventional_http_method",
            "permit_unconventional_http_version",
            "casefold_http_method",
            "version",
            "help",
            "no_control_socket");

    static Arguments of(List<String> words) {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        List<String> app = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                app.add(word);
                continue;
            }
            if (word.equals("--")) {
                app.addAll(words.subList(i + 1, words.size()));
                break;
            }
            int equals = word.indexOf('=');
            boolean spelled = word.startsWith("--");
            String name = spelled ? longName(equals < 0 ? word : word.substring(0, equals)) : shortName(word);
            Optional<String> value = Optional.empty();
            if (spelled && equals >= 0) {
                value = Optional.of(word.substring(equals + 1));
            } else if (FLAGS.contains(name)) {
                value = Optional.of("True");
            } else if (!spelled && word.length() > 2) {
                value = Optional.of(word.substring(word.charAt(2) == '=' ? 3 : 2));
            } else if (i + 1 < words.size()) {
                i++;
                value = Optional.of(words.get(i));
            }
            value.ifPresent(given -> {
                List<String> values = settings.computeIfAbsent(name, key -> new ArrayList<>());
                if (!name.equals("bind") && !name.equals("raw_env")) {
                    values.clear();
                }
                values.add(given);
            });
        }
        return new Arguments(settings, app);
    }

    private static String longName(String option) {
        String name = option.substring(2).replace('-', '_');
        return RENAMED.getOrDefault(name, name);
    }

    private static String shortName(String option) {
        return SHORT.getOrDefault(option.substring(0, 2), option);
    }
}
