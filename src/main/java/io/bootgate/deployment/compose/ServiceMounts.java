package io.bootgate.deployment.compose;

import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.MountContent;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a service has mounted: volumes, tmpfs, secrets and configs. A later one at the same path replaces an earlier. */
final class ServiceMounts {
    private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[\\\\/].*");

    private final Map<String, Mount> byPath = new LinkedHashMap<>();
    private final Services services;

    private ServiceMounts(Services services) {
        this.services = services;
    }

    static List<Mount> of(Part service, Services services) {
        ServiceMounts mounts = new ServiceMounts(services);
        service.get("volumes").items().forEach(mounts::volume);
        Part tmpfs = service.get("tmpfs");
        (tmpfs.isList() ? tmpfs.items() : tmpfs.isGiven() ? List.of(tmpfs) : List.<Part>of()).forEach(mounts::tmpfs);
        service.get("secrets").items().forEach(item -> mounts.file(item, "secret", "secrets", "/run/secrets/"));
        service.get("configs").items().forEach(item -> mounts.file(item, "config", "configs", "/"));
        return List.copyOf(mounts.byPath.values());
    }

    private void add(String path, Optional<String> volume, String kind, boolean readOnly) {
        add(path, volume, kind, readOnly, MountContent.NONE);
    }

    private void add(String path, Optional<String> volume, String kind, boolean readOnly, MountContent content) {
        byPath.remove(path);
        byPath.put(path, new Mount(path, volume, Optional.of(kind), readOnly, content));
    }

    private void volume(Part item) {
        if (item.isMapping()) {
            item.warnOfOtherKeys(
                    "type",
                    "source",
                    "target",
                    "read_only",
                    "consistency",
                    "bind",
                    "volume",
                    "tmpfs",
                    "image",
                    "cluster");
            Optional<String> target = item.get("target").text();
            String kind = item.get("type").text().orElse("volume");
            Optional<String> source = item.get("source").text();
            if (target.isEmpty()) {
                item.missing("target");
            }
            target.ifPresent(
                    path -> add(path, source, kind, item.get("read_only").flag().orElse(false)));
            source.filter(name -> kind.equals("volume")).ifPresent(name -> checkDeclared(item, "volumes", name));
        } else {
            item.text().ifPresent(text -> inShort(text, item));
        }
    }

    private void inShort(String text, Part item) {
        List<String> fields = fields(text);
        if (fields.size() == 1) {
            add(fields.get(0), Optional.empty(), "volume", false);
            return;
        }
        if (fields.size() > 3 || fields.get(1).isEmpty()) {
            throw item.expected("a volume such as data:/data, ./src:/app:ro or /data");
        }
        String source = fields.get(0);
        boolean bind = source.matches("[./~].*") || WINDOWS.matcher(source).matches() || source.contains("\\");
        boolean readOnly =
                fields.size() == 3 && List.of(fields.get(2).split(",")).contains("ro");
        add(fields.get(1), Optional.of(source), bind ? "bind" : "volume", readOnly);
        if (!bind) {
            checkDeclared(item, "volumes", source);
        }
    }

    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        String rest = text;
        if (WINDOWS.matcher(text).matches() && text.indexOf(':', 2) > 0) {
            int end = text.indexOf(':', 2);
            fields.add(text.substring(0, end));
            rest = text.substring(end + 1);
        }
        fields.addAll(List.of(rest.split(":", -1)));
        return fields;
    }

    private void checkDeclared(Part item, String key, String name) {
        if (!services.declares(key, name)) {
            item.findings()
                    .error(
                            "MOUNT_WITHOUT_VOLUME",
                            item.place(),
                            "%s names \"%s\", which is not declared under %s.".formatted(item.way(), name, key));
        }
    }

    private void tmpfs(Part item) {
        item.text().ifPresent(text -> add(text.replaceFirst(":.*", ""), Optional.empty(), "tmpfs", false));
    }

    private void file(Part item, String kind, String key, String folder) {
        Optional<String> source = item.isMapping() ? item.get("source").text() : item.text();
        Optional<String> target = item.isMapping() ? item.get("target").text() : Optional.empty();
        source.ifPresent(name -> {
            String path = target.orElse(name);
            MountContent content =
                    services.content(key, name).map(MountContent::file).orElse(MountContent.NONE);
            add(path.startsWith("/") ? path : folder + path, source, kind, true, content);
            checkDeclared(item, key, name);
        });
    }
}
