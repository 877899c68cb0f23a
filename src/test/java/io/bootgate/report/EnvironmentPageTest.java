package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.autopsy.Environment;
import io.bootgate.autopsy.Environment.Unread;
import io.bootgate.autopsy.Environment.Variable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentPageTest {

    @Test
    void whatADeploymentNeedsIsOnOnePage() {
        Environment environment = new Environment(
                List.of(
                        new Variable("DATABASE_URL", false, true, false, false, List.of("/app/settings.py:3")),
                        new Variable("DEBUG", true, false, true, false, List.of("/app/settings.py:4", "/app/app.py:9")),
                        new Variable(
                                "WEB_CONCURRENCY", false, false, true, true, List.of("/lib/gunicorn/config.py:1"))),
                List.of(new Unread("DATABSE_URL", Optional.of("DATABASE_URL")), new Unread("OLD", Optional.empty())),
                false);
        assertThat(EnvironmentPage.of("orders", environment)).isEqualTo("""
                # Environment of orders

                Recorded by Bootgate while the service booted. What is only read later is not in it.

                ## Required

                | variable | set | default | read at |
                |---|---|---|---|
                | `DATABASE_URL` | no | no | `/app/settings.py:3` |

                ## Optional

                | variable | set | default | read at |
                |---|---|---|---|
                | `DEBUG` | yes | yes | `/app/settings.py:4`, `/app/app.py:9` |

                ## Read by the server and by libraries

                | variable | set | default | read at |
                |---|---|---|---|
                | `WEB_CONCURRENCY` | no | yes | `/lib/gunicorn/config.py:1` |

                ## Set, and not read while booting

                - `DATABSE_URL`: is `DATABASE_URL` meant, which is read and not set?
                - `OLD`
                """);
    }

    @Test
    void aNameIsNeverMarkup() {
        Environment environment = new Environment(
                List.of(new Variable("A|B`\u001b[31m", false, true, false, false, List.of("<script>:1"))),
                List.of(),
                false);
        assertThat(EnvironmentPage.of("orders", environment)).doesNotContain("\u001b", "<script", "B`");
    }
}
