package io.bootgate.autopsy;

import io.bootgate.autopsy.Sight.EverythingRead;
import io.bootgate.autopsy.Sight.Owner;
import io.bootgate.autopsy.Sight.Remedied;
import io.bootgate.autopsy.Sight.VariableMissing;
import io.bootgate.autopsy.Sight.VariableRead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contract of a service: which environment variables it reads while it boots. Names only, never values.
 *
 * @param variables by name
 * @param unread variables that were set for it and that nobody read while booting
 * @param readsAll whether the app reads its whole environment at once, so that "unread" proves nothing
 */
public record Environment(List<Variable> variables, List<Unread> unread, boolean readsAll) {
    private static final int MOST_PLACES = 5;

    /**
     * One variable.
     *
     * @param required the boot fails without it
     * @param hasDefault every reader can do without it
     * @param byLibrary it is a library's or the server's own, not the app's
     * @param places where it is read, {@code /app/settings.py:12}
     */
    public record Variable(
            String name, boolean set, boolean required, boolean hasDefault, boolean byLibrary, List<String> places) {}

    /**
     * A variable that was set and not read.
     *
     * @param meant a variable that is read and not set, with a name so near that this may be a slip of the pen
     */
    public record Unread(String name, Optional<String> meant) {}

    public Environment {
        variables = List.copyOf(variables);
        unread = List.copyOf(unread);
    }

    /** {@code given} are the names of the variables that were set for the service, beside what its image sets. */
    public static Environment of(Testimony testimony, Collection<String> given) {
        Map<String, List<VariableRead>> reads = new TreeMap<>();
        testimony
                .all(VariableRead.class)
                .filter(read -> read.place().owner() != Owner.STANDARD)
                .forEach(read -> reads.computeIfAbsent(read.name(), name -> new ArrayList<>())
                        .add(read));
        Set<String> required = new TreeSet<>();
        testimony.all(VariableMissing.class).forEach(missing -> required.add(missing.name()));
        testimony.all(Remedied.class).forEach(remedy -> required.addAll(remedy.variables()));
        testimony.all(Remedied.class).forEach(remedy -> required.removeAll(remedy.withdrawn()));
        List<Variable> variables = new ArrayList<>();
        reads.forEach((name, all) -> variables.add(variable(name, all, required)));
        Set<String> unset = new TreeSet<>();
        variables.stream().filter(each -> !each.set()).forEach(each -> unset.add(each.name()));
        List<Unread> unread = new TreeSet<>(given)
                .stream()
                        .filter(name -> !reads.containsKey(name))
                        .map(name -> new Unread(name, Typo.nearest(name, unset)))
                        .toList();
        boolean whole = testimony
                .all(EverythingRead.class)
                .anyMatch(read ->
                        read.place().owner() == Owner.APP || read.place().owner() == Owner.LIBRARY);
        return new Environment(variables, unread, whole);
    }

    private static Variable variable(String name, List<VariableRead> reads, Set<String> required) {
        boolean set = reads.stream().anyMatch(read -> read.set() && !read.stoodIn());
        boolean needed = required.contains(name) || reads.stream().anyMatch(VariableRead::required);
        boolean hasDefault = !needed && reads.stream().allMatch(VariableRead::hasDefault);
        return new Variable(
                name,
                set,
                needed,
                hasDefault,
                reads.stream().noneMatch(read -> read.place().owner() == Owner.APP),
                reads.stream()
                        .map(read -> read.place().file() + ":" + read.place().line())
                        .distinct()
                        .limit(MOST_PLACES)
                        .toList());
    }
}
