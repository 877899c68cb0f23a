package io.bootgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent.Socket;
import org.junit.jupiter.api.Test;

class SocketTableTest {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @Test
    void tellsWhoListensWhere() {
        assertThat(
                        SocketTable.parse(
                                HEADING
                                        + "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 90187 1 0000000000000000 100 0 0 10 0\n"
                                        + "   1: 00000000:1F41 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 90188 1 0000000000000000 100 0 0 10 0\n"))
                .containsExactly(new Socket("127.0.0.1", 8000, true, true), new Socket("0.0.0.0", 8001, true, true));
    }

    @Test
    void readsIpv6() {
        assertThat(
                        SocketTable.parse(
                                HEADING
                                        + "   0: 00000000000000000000000000000000:1F40 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41 1 0 100 0 0 10 0\n"
                                        + "   1: 00000000000000000000000001000000:1F41 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 0 100 0 0 10 0\n"))
                .containsExactly(new Socket("::", 8000, true, true), new Socket("::1", 8001, true, true));
    }

    @Test
    void tellsAConnectionThatNobodyTookByItsMissingOwner() {
        assertThat(
                        SocketTable.parse(
                                HEADING
                                        + "   2: 020011AC:1F40 010011AC:C6F4 01 00000000:0000004B 00:00000000 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1\n"
                                        + "   3: 020011AC:1F40 010011AC:C6F6 08 00000000:0000004B 00:00000000 00000000     0        0 93412 1 0000000000000000 20 4 30 10 -1\n"))
                .containsExactly(
                        new Socket("172.17.0.2", 8000, false, false), new Socket("172.17.0.2", 8000, false, true));
    }

    @Test
    void passesOverWhatIsNoRow() {
        assertThat(SocketTable.parse("cat: /proc/net/tcp6: No such file or directory\n\nnonsense"))
                .isEmpty();
    }
}
