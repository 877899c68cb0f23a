package io.bootgate.rule;

/** How bad a finding is. */
public enum Severity {
    ERROR,
    WARNING
}
