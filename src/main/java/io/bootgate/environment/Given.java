package io.bootgate.environment;

/**
 * A value that was given for a variable.
 *
 * @param secret because of where it comes from, whatever the variable's name
 * @param from in the user's words: {@code <env>}, {@code deploy/test.env}, {@code the server orders-db of settings.xml}
 */
public record Given(String value, boolean secret, String from) {

    /** Never tells the value. */
    @Override
    public String toString() {
        return "Given[from " + from + "]";
    }
}
