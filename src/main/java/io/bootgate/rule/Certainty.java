package io.bootgate.rule;

/** Whether what was seen leaves no other explanation, or makes this one the best. */
public enum Certainty {
    CERTAIN,
    LIKELY
}
