package io.bootgate.casebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.rule.cause.CauseId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CasebookTest {
    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(Casebook.ALL).extracting(Case::name).doesNotHaveDuplicates();
    }

    @Test
    void everyCauseThatABootCanHaveIsThere() {
        // What only a group can have is booted by GroupBootsIT.
        Set<CauseId> notOfABoot = EnumSet.of(
                CauseId.BUILD_FAILED, CauseId.PORT_COLLISION, CauseId.VOLUME_HIDES_APP, CauseId.PROBE_WOULD_FAIL);
        Set<CauseId> covered = EnumSet.noneOf(CauseId.class);
        Casebook.ALL.forEach(one -> covered.addAll(one.causes()));

        assertThat(covered).containsAll(EnumSet.complementOf(EnumSet.copyOf(notOfABoot)));
    }
}
