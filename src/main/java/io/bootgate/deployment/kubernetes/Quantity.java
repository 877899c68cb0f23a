package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.document.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as Kubernetes writes them: {@code 500m}, {@code 1Gi}, {@code 128974848}, {@code 1e3}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile(
            "([-+]?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18}))(?:[eE]([-+]?\\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)");
    private static final Map<String, BigDecimal> DECIMAL = Map.of(
            "n", BigDecimal.ONE.movePointLeft(9),
            "u", BigDecimal.ONE.movePointLeft(6),
            "m", BigDecimal.ONE.movePointLeft(3),
            "k", BigDecimal.ONE.movePointRight(3),
            "M", BigDecimal.ONE.movePointRight(6),
            "G", BigDecimal.ONE.movePointRight(9),
            "T", BigDecimal.ONE.movePointRight(12),
            "P", BigDecimal.ONE.movePointRight(15),
            "E", BigDecimal.ONE.movePointRight(18));
    private static final String BINARY = "KMGTPE";

    private Quantity() {}

    static Optional<BigDecimal> of(Part part) {
        return part.text().map(String::strip).map(text -> {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw part.expected("a quantity such as 500m, 0.5, 512Mi or 1Gi");
            }
            BigDecimal number = new BigDecimal(form.group(1));
            if (form.group(2) != null) {
                return number.scaleByPowerOfTen(Integer.parseInt(form.group(2)));
            }
            return form.group(3) == null ? number : number.multiply(unit(form.group(3)));
        });
    }

    private static BigDecimal unit(String suffix) {
        if (suffix.endsWith("i")) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix.charAt(0)) + 1);
        }
        return DECIMAL.getOrDefault(suffix, BigDecimal.ONE);
    }

    /** Parts of a byte count as a whole one. */
    static OptionalLong bytes(Part part) {
        return of(part).map(number -> number.setScale(0, RoundingMode.CEILING))
                .map(number -> OptionalLong.of(
                        number.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue()))
                .orElseGet(OptionalLong::empty);
    }
}
