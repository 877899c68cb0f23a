package io.bootgate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines with a label each, one below the other. What is told is made plain here, so that nothing is forgotten. */
final class Block {
    private static final int LABEL_WIDTH = 10;
    private static final int LONGEST_LINE = 300;
    private static final int MOST_LINES = 12;

    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    Block(Paint paint) {
        this.paint = paint;
    }

    /** A line without a label, coloured already. */
    void head(String line) {
        lines.add(line);
    }

    void tell(String label, String text) {
        tell(label, text.lines().toList(), UnaryOperator.identity());
    }

    void tell(String label, List<String> texts) {
        tell(label, texts, UnaryOperator.identity());
    }

    /** Nothing at all if there is nothing but blank text. */
    void tell(String label, List<String> texts, UnaryOperator<String> colour) {
        List<String> telling =
                texts.stream().map(Block::plain).filter(text -> !text.isBlank()).toList();
        String shown = label;
        for (String text : telling.subList(0, Math.min(MOST_LINES, telling.size()))) {
            lines.add(margin(shown) + colour.apply(text));
            shown = "";
        }
        if (telling.size() > MOST_LINES) {
            lines.add(margin("") + "(and " + (telling.size() - MOST_LINES) + " more lines)");
        }
    }

    private String margin(String label) {
        return "  " + (label.isEmpty() ? "" : paint.faint(label)) + " ".repeat(LABEL_WIDTH - label.length());
    }

    static String plain(String text) {
        String plain = PlainText.of(text).stripTrailing();
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
