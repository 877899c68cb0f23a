package io.bootgate.deployment.compose;

import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Compose makes of values: text of numbers, sizes, durations, words of a command. */
final class ComposeText {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?) ?([kmgtp]?)i?b?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(h|ms|m|us|µs|ns|s)");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9][0-9_]{0,18}");
    private static final Pattern OCTAL = Pattern.compile("([-+]?)0o?([0-7_]{1,20})");
    private static final Pattern HEX = Pattern.compile("([-+]?)0x([0-9a-fA-F_]{1,16})");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(?:\\.[0-9]{1,17}|[0-9]{1,17}\\.[0-9]{0,17})(?:[eE][-+]?[0-9]{1,2})?|[-+]?[0-9]{1,17}[eE][-+]?[0-9]{1,2}");

    private ComposeText() {}

    /** The text of a variable: {@code 1.10} without quotes is the number 1.1, {@code 010} is 8, {@code True} is true. */
    static String of(Scalar scalar) {
        String text = scalar.text();
        if (!scalar.plain()) {
            return text;
        }
        if (text.matches("[Tt]rue|TRUE|[Ff]alse|FALSE")) {
            return text.toLowerCase(Locale.ROOT);
        }
        Matcher octal = OCTAL.matcher(text);
        if (octal.matches()) {
            return sign(octal) + new BigInteger(octal.group(2).replace("_", ""), 8);
        }
        Matcher hex = HEX.matcher(text);
        if (hex.matches()) {
            return sign(hex) + new BigInteger(hex.group(2).replace("_", ""), 16);
        }
        if (WHOLE.matcher(text).matches()) {
            return new BigInteger(text.replace("_", "").replace("+", "")).toString();
        }
        return FLOAT.matcher(text).matches() ? floating(new BigDecimal(text)) : text;
    }

    private static String sign(Matcher number) {
        return number.group(1).equals("-") ? "-" : "";
    }

    private static String floating(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (plain.signum() == 0 || (exponent >= -4 && exponent < 21)) {
            return plain.toPlainString();
        }
        String digits = plain.unscaledValue().toString();
        int first = plain.signum() < 0 ? 2 : 1;
        String fraction = digits.length() > first ? "." + digits.substring(first) : "";
        return "%s%se%s%02d"
                .formatted(digits.substring(0, first), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** Bytes in units of 1024; 0 is no limit. */
    static OptionalLong size(Part part) {
        Optional<String> text = part.text().map(String::strip);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher size = SIZE.matcher(text.get());
        if (!size.matches()) {
            throw part.expected("a size such as 512m or 1.5g");
        }
        String unit = size.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : "kmgtp".indexOf(unit) + 1;
        BigDecimal bytes =
                new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1024).pow(power));
        long whole = bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
        return whole == 0 ? OptionalLong.empty() : OptionalLong.of(whole);
    }

    /** A duration such as {@code 1m30s}; nothing if absent. */
    static Optional<Duration> duration(Part part) {
        return part.text().map(String::strip).map(text -> {
            if (text.equals("0")) {
                return Duration.ZERO;
            }
            Duration sum = Duration.ZERO;
            Matcher piece = DURATION.matcher(text);
            int at = 0;
            while (piece.find() && piece.start() == at) {
                BigDecimal nanos = new BigDecimal(piece.group(1)).multiply(BigDecimal.valueOf(nanos(piece.group(2))));
                sum = sum.plusNanos(
                        nanos.min(BigDecimal.valueOf(Long.MAX_VALUE / 4)).longValue());
                at = piece.end();
            }
            if (at == 0 || at < text.length()) {
                throw part.expected("a duration such as 30s or 1m30s");
            }
            return sum;
        });
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "ns" -> 1L;
            default -> 1_000L;
        };
    }

    /** A list as it stands, or text split as a shell splits it. Nothing if absent or not known. */
    static Optional<List<String>> words(Part part) {
        if (part.isList()) {
            return part.texts();
        }
        return part.text().map(text -> split(text, part));
    }

    private static List<String> split(String text, Part part) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean escapes = quote == 0
                    || (quote == '"' && at + 1 < text.length() && "\\\"$`\n".indexOf(text.charAt(at + 1)) >= 0);
            if (c == '\\' && quote != '\'' && escapes && at + 1 < text.length()) {
                at++;
                word = word == null ? new StringBuilder() : word;
                if (text.charAt(at) != '\n') {
                    word.append(text.charAt(at));
                }
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                word.append(c);
            }
        }
        if (quote != 0) {
            throw part.expected("a command whose quotes are closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
