package io.bootgate.autopsy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.autopsy.Environment.Unread;
import io.bootgate.autopsy.Environment.Variable;
import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void aVariableIsRequiredIfAnyReaderNeedsItAndHasADefaultIfAllDo() {
        Environment environment = environment(
                List.of(),
                read("A", true, true, false, 1),
                read("A", true, false, true, 2),
                read("B", false, false, true, 3),
                read("C", false, false, false, 4));
        assertThat(environment.variables())
                .containsExactly(
                        new Variable("A", true, true, false, false, List.of("/app/app.py:1", "/app/app.py:2")),
                        new Variable("B", false, false, true, false, List.of("/app/app.py:3")),
                        new Variable("C", false, false, false, false, List.of("/app/app.py:4")));
    }

    @Test
    void aPlaceholderDoesNotCountAsSet() {
        Sight stoodIn = new Sight.VariableRead(Duration.ZERO, "A", true, true, false, place(1), true);
        assertThat(environment(List.of(), stoodIn).variables())
                .singleElement()
                .satisfies(variable -> assertThat(variable.set()).isFalse());
    }

    @Test
    void aVariableThatIsSetAndNeverReadIsToldWithTheOneThatIsMeant() {
        Environment environment = environment(
                List.of("DATABSE_URL", "UNUSED", "A"),
                read("A", true, false, false, 1),
                read("DATABASE_URL", false, true, false, 2));
        assertThat(environment.unread())
                .containsExactly(
                        new Unread("DATABSE_URL", Optional.of("DATABASE_URL")), new Unread("UNUSED", Optional.empty()));
        assertThat(environment.readsAll()).isFalse();
    }

    @Test
    void anAppThatReadsItsWholeEnvironmentIsTold() {
        assertThat(environment(List.of(), new Sight.EverythingRead(Duration.ZERO, place(1)))
                        .readsAll())
                .isTrue();
    }

    @Test
    void swappedMissingAndChangedLettersAreNear() {
        assertThat(Typo.distance("SECRET", "SERCET")).isEqualTo(1);
        assertThat(Typo.nearest("SECERT_KEY", List.of("SECRET_KEY", "PORT"))).contains("SECRET_KEY");
        assertThat(Typo.nearest("SECRETKEY", List.of("SECRET_KEY"))).contains("SECRET_KEY");
        assertThat(Typo.nearest("HOST", List.of("PORT"))).isEmpty();
    }

    private static Environment environment(List<String> given, Sight... sights) {
        return Environment.of(new Testimony(List.of(sights), true, false, Duration.ZERO, Optional.empty()), given);
    }

    private static Sight read(String name, boolean set, boolean required, boolean hasDefault, int line) {
        return new Sight.VariableRead(Duration.ZERO, name, set, required, hasDefault, place(line), false);
    }

    private static Frame place(int line) {
        return new Frame("/app/app.py", line, "<module>", Owner.APP);
    }
}
