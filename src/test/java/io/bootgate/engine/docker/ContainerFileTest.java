package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerFileTest {
    @Test
    void linksAreResolvedAsTheContainerWould() {
        assertThat(ContainerFile.resolved("/etc/os-release", "../usr/lib/os-release"))
                .isEqualTo("/usr/lib/os-release");
        assertThat(ContainerFile.resolved("/usr/bin/python", "python3.12")).isEqualTo("/usr/bin/python3.12");
        assertThat(ContainerFile.resolved("/h", "/d/./g")).isEqualTo("/d/g");
        assertThat(ContainerFile.resolved("/a/b", "../../../../etc/passwd")).isEqualTo("/etc/passwd");
    }
}
