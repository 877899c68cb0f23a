package io.bootgate.source.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Python source as a tree; empty where it could not be read.
 *
 * @param features ways of writing that need a newer Python than 3.6
 * @param problem why it could not be read
 */
public record Python(List<Statement> body, List<Feature> features, Optional<SyntaxProblem> problem) {

    /** Reads a decoded text; a byte order mark at its start is passed over. */
    public static Python read(String text) {
        try {
            Tokenizer tokenizer = new Tokenizer(text.startsWith("\ufeff") ? text.substring(1) : text);
            List<Token> tokens = tokenizer.tokens();
            List<Feature> features = new ArrayList<>(tokenizer.features());
            List<Statement> body = new StatementParser(new Cursor(tokens, features)).file();
            return new Python(body, List.copyOf(features), Optional.empty());
        } catch (BrokenSyntax broken) {
            return new Python(List.of(), List.of(), Optional.of(broken.problem()));
        }
    }
}
