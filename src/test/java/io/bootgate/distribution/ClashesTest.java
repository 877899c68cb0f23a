package io.bootgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClashesTest {
    @Test
    void everyRowTellsHowItIsRecognisedAndWhatFits() {
        assertThat(Clashes.all()).hasSizeGreaterThan(90).allSatisfy(clash -> {
            assertThat(clash.pins()).isNotEmpty();
            assertThat(clash.why()).doesNotEndWith(".");
            assertThat(clash.source()).matches("seen|https://.+");
            // A row about Python itself may be for looking at versions only.
            assertThat(!clash.moved().isEmpty()
                            || clash.says().isPresent()
                            || clash.with().name().equals("python"))
                    .as(clash.why())
                    .isTrue();
        });
    }

    @Test
    void aPinNeverLeadsBackIntoTheClash() {
        for (Clash clash : Clashes.all()) {
            for (String pin : clash.pins()) {
                Optional<Requirement> requirement =
                        Requirement.of(pin).filter(wanted -> !wanted.range().isAny());
                requirement
                        .filter(wanted -> wanted.isAbout(clash.with().name()))
                        .ifPresent(wanted -> assertThat(clash.with().range().contains(lowest(wanted)))
                                .as("%s fits to %s", pin, clash.with())
                                .isFalse());
                clash.breaks()
                        .ifPresent(broken -> requirement
                                .filter(wanted -> wanted.isAbout(broken.name())
                                        && !broken.range().isAny())
                                .ifPresent(wanted -> assertThat(broken.range().contains(lowest(wanted)))
                                        .as("%s fits to %s", pin, broken)
                                        .isFalse()));
            }
        }
    }

    /** A version that the pin allows, at its very edge. */
    private static Version lowest(Requirement pin) {
        String bound = pin.range().text().replaceAll("^[<>=]+", "");
        return new Version(pin.range().text().startsWith("<") ? below(bound) : bound);
    }

    private static String below(String bound) {
        List<Long> release = new Version(bound).release();
        long last = release.get(release.size() - 1);
        String front = bound.contains(".") ? bound.substring(0, bound.lastIndexOf('.') + 1) : "";
        return last == 0 ? below(front.substring(0, front.length() - 1)) + ".999" : front + (last - 1) + ".999";
    }

    @Test
    void theSpecificRowStandsBeforeTheGeneral() {
        List<Clash> url = Clashes.all().stream()
                .filter(clash -> clash.explains("werkzeug.urls.url_decode", ""))
                .toList();
        assertThat(url).hasSizeGreaterThan(1);
        assertThat(url.get(0).breaks()).get().hasToString("Flask-Login<0.6.3");
        assertThat(url.get(url.size() - 1).breaks()).isEmpty();
    }

    @Test
    void aNameBelowAMovedModuleMovedWithIt() {
        assertThat(Clashes.all())
                .filteredOn(clash -> clash.explains("werkzeug.contrib.cache", ""))
                .hasSize(1);
        assertThat(Clashes.all())
                .filteredOn(clash -> clash.explains("werkzeug.contributors", ""))
                .isEmpty();
    }
}
