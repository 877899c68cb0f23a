package io.bootgate.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.bootgate.engine.Container.ProcessRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The answer to {@code GET /containers/{id}/top}. */
final class ProcessTable {
    private ProcessTable() {}

    /** Rows that have no pid or parent are left out: a table may be cut short while processes end. */
    static List<ProcessRow> rows(JsonNode answer) {
        List<String> titles = new ArrayList<>();
        answer.path("Titles").forEach(title -> titles.add(title.asText().strip().toUpperCase(Locale.ROOT)));
        int pid = titles.indexOf("PID");
        int parent = titles.indexOf("PPID");
        int command = titles.size() - 1;
        List<ProcessRow> rows = new ArrayList<>();
        for (JsonNode row : answer.path("Processes")) {
            OptionalInt its = number(row.path(pid));
            OptionalInt itsParent = number(row.path(parent));
            if (its.isPresent() && itsParent.isPresent()) {
                rows.add(new ProcessRow(
                        its.getAsInt(),
                        itsParent.getAsInt(),
                        row.path(command).asText().strip()));
            }
        }
        return List.copyOf(rows);
    }

    private static OptionalInt number(JsonNode cell) {
        try {
            return OptionalInt.of(Integer.parseInt(cell.asText().strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
