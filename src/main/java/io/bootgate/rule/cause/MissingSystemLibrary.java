package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shared library that an extension module or a program needs is not in the image, or its C library is too old. */
final class MissingSystemLibrary implements CauseRule {
    private static final Pattern ABSENT =
            Pattern.compile("(?:^|[\\s:'\"/])(lib[\\w.+-]+?\\.so[.\\d]*): cannot open shared object file"
                    + "|[Ee]rror loading shared library (\\S+?):"
                    + "|cannot load library '([^']+)'"
                    + "|Can't open lib '([^']+)'"
                    + "|no library called \"([^\"]+)\" was found"
                    + "|(?:Could not find library|Unable to find|failed to find) ['\"]?(\\w+)['\"]? (?:shared )?library"
                    + "|failed to find (libmagic)|Could not find (?:the )?(GDAL|geos_c|spatialite) library|Could not find library (geos_c)"
                    + "|(libpq) library not found");
    private static final Pattern TOO_OLD = Pattern.compile(
            "version [`'](GLIBC(?:XX)?_[\\d.]+|CXXABI_[\\d.]+)' not found(?: \\(required by ([^)]+)\\))?");
    private static final Pattern RELOCATION = Pattern.compile("Error relocating (\\S+): (\\S+): symbol not found");

    /** Soname without its version, then the Debian package that has it. */
    private static final Map<String, String> PACKAGES = Distributions.table("""
            libGL libgl1
            libEGL libegl1
            libgthread-2.0 libglib2.0-0
            libglib-2.0 libglib2.0-0
            libgobject-2.0 libglib2.0-0
            gobject-2.0-0 libglib2.0-0 libpango-1.0-0 libpangoft2-1.0-0
            gobject-2.0 libglib2.0-0 libpango-1.0-0 libpangoft2-1.0-0
            libpango-1.0 libpango-1.0-0
            libpangoft2-1.0 libpangoft2-1.0-0
            pango-1.0-0 libpango-1.0-0
            libharfbuzz libharfbuzz0b
            libSM libsm6
            libICE libice6
            libX11 libx11-6
            libXext libxext6
            libXrender libxrender1
            libpq libpq5
            libmariadb libmariadb3
            libmysqlclient default-libmysqlclient-dev
            libmagic libmagic1
            libgomp libgomp1
            libcairo libcairo2
            cairo-2 libcairo2
            cairo libcairo2
            libxml2 libxml2
            libxslt libxslt1.1
            libodbc unixodbc
            libodbcinst unixodbc
            libffi libffi8
            libgdal libgdal32
            GDAL gdal-bin
            libgeos_c libgeos-c1v5
            geos_c libgeos-c1v5
            spatialite libsqlite3-mod-spatialite
            libproj libproj25
            libldap libldap-2.5-0
            libxmlsec1 libxmlsec1-openssl
            libsndfile libsndfile1
            libportaudio libportaudio2
            libasound libasound2
            libzbar libzbar0
            zbar libzbar0
            libusb-1.0 libusb-1.0-0
            libopenblas libopenblas0
            libgfortran libgfortran5
            libstdc++ libstdc++6
            libgcc_s libgcc-s1
            libjpeg libjpeg62-turbo
            libtiff libtiff6
            libwebp libwebp7
            libopenjp2 libopenjp2-7
            libfreetype libfreetype6
            libcurl libcurl4
            librdkafka librdkafka1
            libsnappy libsnappy1v5
            libcrypt libcrypt1
            libsqlite3 libsqlite3-0
            libnss3 libnss3
            libtk8.6 libtk8.6
            libtcl8.6 libtcl8.6
            libaio libaio1
            libz zlib1g
            libuuid libuuid1
            libevent libevent-2.1-7
            libpcre libpcre3
            """);

    @Override
    public CauseId id() {
        return CauseId.MISSING_SYSTEM_LIBRARY;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .flatMap(raised -> finding(raised.message(), raised.evidence(), raised.place()).stream())
                .findFirst()
                .or(() -> ofAProgram(symptoms));
    }

    // Programs other than Python say it in a line of their own: "gunicorn: error while loading shared libraries: ...".
    private Optional<Finding> ofAProgram(Symptoms symptoms) {
        Pattern linker = Pattern.compile("error while loading shared libraries|" + TOO_OLD.pattern() + "|"
                + RELOCATION.pattern() + "|Error loading shared library");
        return symptoms.last(linker)
                .filter(match -> symptoms.hasEnded() && symptoms.failures().isEmpty())
                .flatMap(match ->
                        finding(match.line().text(), List.of(match.line().evidence()), Optional.empty()));
    }

    private Optional<Finding> finding(String text, List<Evidence> evidence, Optional<Location> place) {
        Matcher old = TOO_OLD.matcher(text);
        if (old.find()) {
            String by = old.group(2) == null ? "" : ", which %s needs".formatted(old.group(2));
            return Optional.of(
                    certain(
                            "The image's C library has no %s%s.".formatted(old.group(1), by),
                            evidence,
                            place,
                            "Use a newer base image, or install and build in the same distribution release as the final stage (a builder stage on a newer release makes binaries that do not run on an older one)."));
        }
        Matcher relocation = RELOCATION.matcher(text);
        if (relocation.find()) {
            return Optional.of(certain(
                    "%s was built for another C library: it has no %s."
                            .formatted(relocation.group(1), relocation.group(2)),
                    evidence,
                    place,
                    "Use a base image with glibc (python:3.x-slim) rather than Alpine, or install gcompat."));
        }
        Matcher absent = ABSENT.matcher(text);
        if (!absent.find()) {
            return Optional.empty();
        }
        String library = firstGroup(absent);
        if (library.startsWith("libpython3.")) {
            return Optional.empty();
        }
        return Optional.of(certain("%s is not in the image.".formatted(library), evidence, place, fix(library)));
    }

    private static String firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    private static String fix(String library) {
        if (library.startsWith("ODBC Driver")) {
            return "Install Microsoft's package msodbcsql%s in the Dockerfile, beside unixodbc."
                    .formatted(library.replaceAll("\\D", ""));
        }
        if (library.startsWith("libcuda") || library.startsWith("libcudnn") || library.startsWith("libcublas")) {
            return "Use a base image with CUDA, or install the CPU build of the distribution.";
        }
        String stem = library.replaceAll("\\.so[.\\d]*$", "");
        String known = PACKAGES.getOrDefault(stem, PACKAGES.getOrDefault("lib" + stem, ""));
        return known.isEmpty()
                ? "Install the package that has %s in the Dockerfile (on Debian: apt-file search %s)."
                        .formatted(library, library)
                : "Add to the Dockerfile: RUN apt-get update && apt-get install -y --no-install-recommends %s%s"
                        .formatted(
                                known,
                                stem.equals("libGL")
                                        ? " libglib2.0-0   (or use opencv-python-headless, which does not need it)"
                                        : "");
    }
}
