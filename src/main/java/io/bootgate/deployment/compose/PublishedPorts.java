package io.bootgate.deployment.compose;

import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports of a service: its own, and those of the host that lead to them. */
record PublishedPorts(List<Port> own, List<Published> published) {
    private static final Pattern SHORT = Pattern.compile(
            "(?:(?<ip>\\[[^]]*]|[^:/]*):)?(?:(?<host>\\d{0,5}(?:-\\d{1,5})?):)?(?<own>\\d{1,5}(?:-\\d{1,5})?)(?:/(?<protocol>\\w+))?");
    private static final int HIGHEST = 65535;
    private static final int LONGEST_RANGE = 1000;
    private static final int MOST = 5000;

    /** A port of the host, at one of its addresses or all. */
    record Published(String ip, int port, String protocol) {}

    static PublishedPorts of(Part service) {
        Set<Port> own = new LinkedHashSet<>();
        List<Published> published = new ArrayList<>();
        for (Part item : service.get("ports").items()) {
            if (own.size() + published.size() > MOST) {
                throw item.expected("one of at most %d ports".formatted(MOST));
            }
            if (item.isMapping()) {
                readLong(item, own, published);
            } else {
                item.text().ifPresent(text -> readShort(text, item, own, published));
            }
        }
        for (Part item : service.get("expose").items()) {
            item.text().ifPresent(text -> readShort(text, item, own, new ArrayList<>()));
        }
        return new PublishedPorts(List.copyOf(own), List.copyOf(published));
    }

    List<Port> publicPorts() {
        return published.stream()
                .map(port -> new Port(port.port(), port.protocol()))
                .distinct()
                .toList();
    }

    private static void readLong(Part item, Set<Port> own, List<Published> published) {
        item.warnOfOtherKeys("target", "published", "protocol", "mode", "host_ip", "app_protocol", "name");
        String protocol = item.get("protocol").text().orElse("tcp").toLowerCase(Locale.ROOT);
        if (!item.get("target").isGiven()) {
            item.missing("target");
        }
        item.get("target").port().ifPresent(port -> own.add(new Port(port, protocol)));
        Part host = item.get("published");
        String ip = item.get("host_ip").text().orElse("");
        host.text().filter(text -> !text.isBlank()).ifPresent(text -> {
            for (int port : range(text, host)) {
                published.add(new Published(ip, port, protocol));
            }
        });
    }

    private static void readShort(String text, Part item, Set<Port> own, List<Published> published) {
        Matcher form = SHORT.matcher(text.strip());
        if (!form.matches()) {
            throw item.expected("a port such as 8000, 80:8000 or 127.0.0.1:80:8000/tcp");
        }
        String ip = Optional.ofNullable(form.group("ip")).orElse("");
        Optional<String> host = Optional.ofNullable(form.group("host")).filter(ports -> !ports.isEmpty());
        if (host.isEmpty() && ip.matches("\\d{1,5}(?:-\\d{1,5})?")) {
            // HOST:CONTAINER looks like an address with a port.
            host = Optional.of(ip);
            ip = "";
        }
        String protocol =
                Optional.ofNullable(form.group("protocol")).orElse("tcp").toLowerCase(Locale.ROOT);
        for (int port : range(form.group("own"), item)) {
            own.add(new Port(port, protocol));
        }
        if (host.isPresent()) {
            for (int port : range(host.get(), item)) {
                published.add(new Published(ip, port, protocol));
            }
        }
    }

    private static List<Integer> range(String text, Part item) {
        if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
            throw item.expected("a port, or a range such as 8000-8010");
        }
        String[] ends = text.split("-", 2);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first < 1 || last > HIGHEST || last < first || last - first > LONGEST_RANGE) {
            throw item.expected("ports from 1 to 65535, a range of up to 1000 of them");
        }
        List<Integer> ports = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            ports.add(port);
        }
        return ports;
    }
}
