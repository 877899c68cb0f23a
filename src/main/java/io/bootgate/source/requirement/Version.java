package io.bootgate.source.requirement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as PEP 440 orders them. */
public final class Version implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
            + "(?<pre>[-_.]?(?<preword>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<prenumber>[0-9]+)?)?"
            + "(?<post>-(?<postbare>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postnumber>[0-9]+)?)?"
            + "(?<dev>[-_.]?dev[-_.]?(?<devnumber>[0-9]+)?)?"
            + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
    private static final BigInteger NONE = BigInteger.valueOf(-1);

    private final String text;
    private final BigInteger epoch;
    private final List<BigInteger> release;
    private final int preWord;
    private final BigInteger pre;
    private final BigInteger post;
    private final BigInteger dev;
    private final List<String> local;

    private Version(String text, Matcher form) {
        this.text = text;
        this.epoch = number(form.group("epoch"));
        this.release = Arrays.stream(form.group("release").split("\\.", -1))
                .map(BigInteger::new)
                .toList();
        this.preWord = preWord(form.group("preword"));
        this.pre = form.group("pre") == null ? NONE : number(form.group("prenumber"));
        String bare = form.group("postbare");
        this.post = form.group("post") == null ? NONE : number(bare == null ? form.group("postnumber") : bare);
        this.dev = form.group("dev") == null ? NONE : number(form.group("devnumber"));
        String local = form.group("local");
        this.local = local == null ? List.of() : List.of(local.split("[-_.]", -1));
    }

    /** Empty if it is no version. */
    public static Optional<Version> of(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        return form.matches() ? Optional.of(new Version(text.strip(), form)) : Optional.empty();
    }

    private static BigInteger number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static int preWord(@org.jspecify.annotations.Nullable String word) {
        if (word == null) {
            return 3;
        }
        return word.startsWith("a") ? 0 : word.startsWith("b") ? 1 : 2;
    }

    List<BigInteger> release() {
        return release;
    }

    BigInteger epoch() {
        return epoch;
    }

    /** A number of the release, 0 where there is none. */
    public int part(int index) {
        return index < release.size()
                ? release.get(index).min(BigInteger.valueOf(1_000_000)).intValue()
                : 0;
    }

    boolean isPrerelease() {
        return pre.signum() >= 0 || dev.signum() >= 0;
    }

    boolean isPost() {
        return post.signum() >= 0;
    }

    boolean hasLocal() {
        return !local.isEmpty();
    }

    /** The same without the part behind {@code +}. */
    Version withoutLocal() {
        return local.isEmpty() ? this : of(text.substring(0, text.indexOf('+'))).orElse(this);
    }

    /** Only epoch and release. */
    Version base() {
        StringBuilder base = new StringBuilder(epoch + "!");
        base.append(String.join(".", release.stream().map(String::valueOf).toList()));
        return of(base.toString()).orElse(this);
    }

    @Override
    public int compareTo(Version other) {
        int order = epoch.compareTo(other.epoch);
        order = order != 0 ? order : compareReleases(release, other.release);
        order = order != 0 ? order : Integer.compare(preKey(), other.preKey());
        order = order != 0 ? order : pre.compareTo(other.pre);
        order = order != 0 ? order : post.compareTo(other.post);
        // A version without dev comes after all its dev releases.
        order = order != 0 ? order : Boolean.compare(dev.signum() < 0, other.dev.signum() < 0);
        order = order != 0 ? order : dev.compareTo(other.dev);
        return order != 0 ? order : compareLocals(local, other.local);
    }

    /** 1.0.dev1 comes before 1.0a1, which comes before 1.0, which comes before 1.0.post1.dev1. */
    private int preKey() {
        return pre.signum() < 0 && post.signum() < 0 && dev.signum() >= 0 ? -1 : preWord;
    }

    static int compareReleases(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            BigInteger left = i < one.size() ? one.get(i) : BigInteger.ZERO;
            BigInteger right = i < other.size() ? other.get(i) : BigInteger.ZERO;
            int order = left.compareTo(right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareLocals(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            boolean left = one.get(i).matches("[0-9]+");
            boolean right = other.get(i).matches("[0-9]+");
            int order = left != right
                    ? Boolean.compare(left, right)
                    : left
                            ? new BigInteger(one.get(i)).compareTo(new BigInteger(other.get(i)))
                            : one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        List<Object> parts = new ArrayList<>(base().release);
        while (!parts.isEmpty() && parts.get(parts.size() - 1).equals(BigInteger.ZERO)) {
            parts.remove(parts.size() - 1);
        }
        return parts.hashCode() * 31 + pre.hashCode() + post.hashCode() + dev.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
